// How many requests each route takes. Routes do not share: a storm on one leaves the others what they have.
import type { Route } from '../../lambdas/bindings/routes.ts';
import type { StageSettings } from '../stage-settings.ts';

/** Paths that no route matches get this share of the stage's throttle, so that who probes for them takes little from others. */
const shareOfUnknownPaths = 0.1;

/** The limits of a route, under the names that CloudFormation gives them on stages of both kinds of API. */
export interface RouteThrottle {
  /** Requests a second, as a mean. */
  readonly throttlingRateLimit: number;
  /** Requests at once. */
  readonly throttlingBurstLimit: number;
}

export function throttleOf(
  { key }: Pick<Route, 'key'>,
  { throttle: { requestsPerSecond, burst } }: StageSettings,
): RouteThrottle {
  const share = key === '$default' ? shareOfUnknownPaths : 1;
  return {
    throttlingRateLimit: Math.ceil(requestsPerSecond * share),
    throttlingBurstLimit: Math.ceil(burst * share),
  };
}
