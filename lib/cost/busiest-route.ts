// Routes do not share a throttle: the one that has least left of its own is a limit of the stage.
import { commands, looks } from './assumptions.ts';

interface RouteUse {
  readonly route: string;
  /** Requests a second that it takes. */
  readonly limit: number;
  readonly need: number;
}

/** @param limits requests a second that each route takes */
export function busiestRoute(ordersPerSecond: number, limits: Readonly<Record<string, number>>): RouteUse {
  const missed = Object.entries(looks).map(([route, { perOrder, atTheEdge }]) => [route, perOrder * (1 - atTheEdge)]);
  const perOrder: Readonly<Record<string, number>> = { ...commands, ...Object.fromEntries(missed) };
  const uses = Object.entries(limits).map(([route, limit]) => ({
    ...{ route, limit, need: ordersPerSecond * (perOrder[route] ?? 0) },
  }));
  return uses.reduce((most, use) => (use.need / use.limit > most.need / most.limit ? use : most));
}
