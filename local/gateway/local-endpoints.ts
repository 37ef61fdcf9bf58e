// The endpoints under `/local`, which only the local host has, beside those of the template's HTTP API.
import { securityHeaders } from '../../lambdas/spine/bindings/security-headers.ts';
import { allowHeader, methodsAt } from '../../lambdas/spine/http/allowed-methods.ts';
import { methodNotAllowed, notFound, Problem } from '../../lambdas/spine/http/problem.ts';
import { CORRELATION_HEADER } from '../../lambdas/spine/http/request/correlation.ts';
import { type CorsSettings, withCors } from './cors.ts';
import { gatewayProblem } from './gateway-problem.ts';
import type { Answer, HttpRequest, HttpResponse } from './http-exchange.ts';
import { type RouteMatch, routeTable } from './route-table.ts';

/** May throw a `Problem`. */
type LocalAnswer = (
  request: HttpRequest,
  pathParameters: RouteMatch<unknown>['pathParameters'],
) => Promise<HttpResponse>;

/** Answers by route key: `GET /local/status`, `POST /local/faults`. */
export type LocalEndpoints = Readonly<Record<string, LocalAnswer>>;

/** Headers that the API's functions add to each of their answers. */
const complete = ({ headers, ...response }: HttpResponse, { correlationId }: HttpRequest): HttpResponse => ({
  ...response,
  headers: { ...securityHeaders, [CORRELATION_HEADER]: correlationId, ...headers },
});

/**
 * Answers requests under `/local`, and hands the others to `api`.
 * @param cors of the API: whose pages may call it may call these
 */
export function withLocalEndpoints(endpoints: LocalEndpoints, api: Answer, cors?: CorsSettings): Answer {
  const match = routeTable(Object.entries(endpoints).map(([key, answer]) => ({ key, answer })));
  /** Whatever GET answers, HEAD does. */
  const keys = Object.keys(endpoints).flatMap((key) => [{ key }, { key: key.replace(/^GET /, 'HEAD ') }]);
  const allowedAt = (path: string): string | undefined => {
    const methods = methodsAt(keys, path);
    return methods.length === 0 ? undefined : allowHeader(methods);
  };
  const missing = (method: string, path: string): Problem => {
    const allow = allowedAt(path);
    return allow === undefined ? notFound(`There is no ${method} ${path}.`) : methodNotAllowed(method, path, allow);
  };
  const answer: Answer = async (request) => {
    const { method, path } = request;
    try {
      const found = match(method === 'HEAD' ? 'GET' : method, path);
      if (found !== undefined) return complete(await found.route.answer(request, found.pathParameters), request);
      const allow = method === 'OPTIONS' ? allowedAt(path) : undefined;
      if (allow === undefined) throw missing(method, path);
      return complete({ statusCode: 204, headers: { allow, 'cache-control': 'no-store' } }, request);
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
