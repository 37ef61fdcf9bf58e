// What a route may ask of DynamoDB at most, and whether it keeps to it.
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { expect } from 'vitest';
import type { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import type { RouteKey } from '../../../lambdas/spine/http/operation.ts';
import type { Call } from './counted-calls.ts';

export interface Bound {
  readonly route: RouteKey;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly calls: Readonly<Record<string, number>>;
  /** Most units that the calls cost together. */
  readonly units: number;
}

/** @param calls of the client behind `answer`; emptied first */
export async function expectBound(
  { route, path, query, body, ...bound }: Bound,
  answer: ReturnType<typeof httpHandler>,
  calls: Call[],
): Promise<void> {
  const [method = '', rawPath = ''] = route.split(' ');
  const event = {
    ...{ routeKey: route, rawPath, rawQueryString: query ?? '', pathParameters: path },
    headers: { 'content-type': 'application/json', ...bound.headers },
    requestContext: { http: { method, path: rawPath } },
    ...(body && { body: JSON.stringify(body) }),
  } as unknown as APIGatewayProxyEventV2;
  calls.length = 0;
  const { statusCode } = await answer(event, {} as Context);
  const counted = Object.fromEntries(
    [...Map.groupBy(calls, ({ name }) => name)].map(([name, ofName]) => [name.replace('Command', ''), ofName.length]),
  );
  expect({ statusCode, counted }).toEqual({ statusCode: bound.status, counted: bound.calls });
  const units = calls.reduce((sum, call) => sum + call.units, 0);
  expect(units).toBeLessThanOrEqual(bound.units);
}

/** @returns the routes of which nothing is said; a HEAD is bounded by its GET */
export function withoutBound(keys: readonly string[], bounds: readonly Bound[]): string[] {
  const bounded = new Set<string>(bounds.flatMap(({ route }) => [route, route.replace(/^GET/, 'HEAD')]));
  return keys.filter((key) => !bounded.has(key));
}
