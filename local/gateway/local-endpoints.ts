// What only the local host has: the endpoints under `/local`, beside those of the template's HTTP API.
import { allowHeader, methodsAt } from '../../lambdas/runtime/http/allowed-methods.ts';
import { methodNotAllowed, notFound, Problem } from '../../lambdas/runtime/http/problem.ts';
import { type CorsSettings, withCors } from './cors.ts';
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

/**
 * Answers requests under `/local`, and hands the others to `api`.
 * @param cors of the API: whose pages may call it may call these
 */
export function withLocalEndpoints(endpoints: LocalEndpoints, api: Answer, cors?: CorsSettings): Answer {
  const match = routeTable(Object.entries(endpoints).map(([key, answer]) => ({ key, answer })));
  const missing = (method: string, path: string): Problem => {
    const methods = methodsAt(
      Object.keys(endpoints).map((key) => ({ key })),
      path,
    );
    if (methods.length === 0) return notFound(`There is no ${method} ${path}.`);
    return methodNotAllowed(method, path, allowHeader(methods));
  };
  const answer: Answer = async (request) => {
    const { method, path } = request;
    try {
      const found = match(method === 'HEAD' ? 'GET' : method, path);
      if (found === undefined) throw missing(method, path);
      return await found.route.answer(request, found.pathParameters);
    } catch (error) {
      if (error instanceof Problem) return gatewayProblem(error, request);
      throw error;
    }
  };
  const local = withCors(answer, cors);
  return async (request) => {
    const { path } = request;
    return path === '/local' || path.startsWith('/local/') ? local(request) : api(request);
  };
}
