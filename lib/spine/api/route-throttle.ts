// How many requests each route takes. Routes do not share: a storm on one leaves the others what they have. What a request costs
// decides: one that reads a row takes the stage's throttle whole, one that reads many rows or writes takes a part of it.
//
// The gateway takes no more than the account's quota from all APIs of a region together, by default 10,000 requests a second and
// 5,000 at once (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html), so the routes' limits together stay below.
import type { Route } from '../../../lambdas/spine/manifest/routes.ts';
import type { StageSettings } from '../settings/stage-settings.ts';

/** The limits of a route, under the names that CloudFormation gives them on stages of both kinds of API. */
export interface RouteThrottle {
  /** Requests a second, as a mean. */
  readonly throttlingRateLimit: number;
  /** Requests at once. */
  readonly throttlingBurstLimit: number;
}

/** The route of whatever no other matches. @throws RangeError when there is none */
export function unnamedRoute(routes: readonly Route[]): Route {
  const unnamed = routes.find(({ key }) => key === '$default');
  if (unnamed) return unnamed;
  throw new RangeError('There is no route $default');
}

export const throttleOf = (
  { throttleShare }: Pick<Route, 'throttleShare'>,
  { throttle: { requestsPerSecond, burst } }: Pick<StageSettings, 'throttle'>,
): RouteThrottle => ({
  throttlingRateLimit: Math.ceil(requestsPerSecond * throttleShare),
  throttlingBurstLimit: Math.ceil(burst * throttleShare),
});
