// How many requests each route takes. Routes do not share: a storm on one leaves the others what they have. What a request costs
// decides: one that reads a row takes the stage's throttle whole, one that reads many rows or writes takes a part of it.
//
// The gateway takes no more than the account's quota from all APIs of a region together, by default 10,000 requests a second and
// 5,000 at once (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html), so the routes' limits together stay below.
import type { Route } from '../../../lambdas/spine/bindings/routes.ts';
import type { StageSettings } from '../settings/stage-settings.ts';

/** The limits of a route, under the names that CloudFormation gives them on stages of both kinds of API. */
export interface RouteThrottle {
  /** Requests a second, as a mean. */
  readonly throttlingRateLimit: number;
  /** Requests at once. */
  readonly throttlingBurstLimit: number;
}

/** Routes that do more than their method says, and the part that they take. */
const shares: Readonly<Record<string, number>> = {
  // Every product of the order is read, its stream written, and a process follows.
  'POST /orders': 0.1,
  // Up to sixteen streams are opened, each of them read, written and given a share.
  'POST /products/{sku}/stock/streams': 0.1,
  // A page of rows, and with a filter several.
  'GET /customers/{customerId}/orders': 0.1,
  'GET /products': 0.1,
  // Whole streams: the order's, and those of everything that it touched.
  'GET /orders/{orderId}/events': 0.1,
  'GET /orders/{orderId}/story': 0.02,
  // Who probes for paths takes little from others.
  $default: 0.1,
};

/** A write: a `Query` and a `PutItem`, and everything that hears of it. */
const shareOfWrites = 0.2;

/** Few ask for headers alone, and what they ask for costs as much as the whole: so many times fewer than of the whole. */
const fewerHeads = 10;

function shareOf(key: string): number {
  if (key.startsWith('HEAD ')) return shareOf(key.replace('HEAD', 'GET')) / fewerHeads;
  return shares[key] ?? (key.startsWith('GET ') ? 1 : shareOfWrites);
}

export function throttleOf(
  { key }: Pick<Route, 'key'>,
  { throttle: { requestsPerSecond, burst } }: Pick<StageSettings, 'throttle'>,
): RouteThrottle {
  const share = shareOf(key);
  return {
    throttlingRateLimit: Math.ceil(requestsPerSecond * share),
    throttlingBurstLimit: Math.ceil(burst * share),
  };
}
