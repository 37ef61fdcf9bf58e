// What only the local host has: the endpoints under `/local`, beside those of the template's HTTP API.
import { notFound, Problem } from '../../lambdas/runtime/http/problem.ts';
import { gatewayProblem } from './gateway-problem.ts';
import type { Answer } from './http-exchange.ts';

/** Answers by method and path: `GET /local/status`. One may throw a `Problem`. */
export type LocalEndpoints = Readonly<Record<string, Answer>>;

/** Answers requests under `/local`, and hands the others to `api`. */
export const withLocalEndpoints =
  (endpoints: LocalEndpoints, api: Answer): Answer =>
  async (request) => {
    const { path, message } = request;
    if (path !== '/local' && !path.startsWith('/local/')) return api(request);
    try {
      const endpoint = endpoints[`${message.method} ${path}`];
      if (endpoint === undefined) throw notFound(`There is no ${message.method} ${path}.`);
      return await endpoint(request);
    } catch (error) {
      if (error instanceof Problem) return gatewayProblem(error, request);
      throw error;
    }
  };
