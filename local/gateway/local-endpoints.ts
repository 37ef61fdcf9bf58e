// What only the local host has: the endpoints under `/local`, beside those of the template's HTTP API.
import { notFound, Problem } from '../../lambdas/runtime/http/problem.ts';
import { gatewayProblem } from './gateway-problem.ts';
import type { Answer, HttpRequest, HttpResponse } from './http-exchange.ts';
import { type RouteMatch, routeTable } from './route-table.ts';

/** May throw a `Problem`. */
type LocalAnswer = (
  request: HttpRequest,
  pathParameters: RouteMatch<unknown>['pathParameters'],
) => Promise<HttpResponse>;

/** Answers by route key: `GET /local/status`, `POST /local/payments/{orderId}`. */
export type LocalEndpoints = Readonly<Record<string, LocalAnswer>>;

/** Answers requests under `/local`, and hands the others to `api`. */
export function withLocalEndpoints(endpoints: LocalEndpoints, api: Answer): Answer {
  const match = routeTable(Object.entries(endpoints).map(([key, answer]) => ({ key, answer })));
  return async (request) => {
    const { method, path } = request;
    if (path !== '/local' && !path.startsWith('/local/')) return api(request);
    try {
      const found = match(method, path);
      if (found === undefined) throw notFound(`There is no ${method} ${path}.`);
      return await found.route.answer(request, found.pathParameters);
    } catch (error) {
      if (error instanceof Problem) return gatewayProblem(error, request);
      throw error;
    }
  };
}
