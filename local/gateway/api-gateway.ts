// The HTTP API of the template on this machine: finds the route, checks the token, invokes the function, maps its result.
import { setTimeout as delay } from 'node:timers/promises';
import type { JWTVerifyGetKey } from 'jose';
import { notFound, Problem } from '../../lambdas/spine/http/problem.ts';
import type { FunctionHost, InvocationResult } from '../ports.ts';
import type { ApiRoute } from './api.ts';
import { type Authorize, jwtAuthorizer } from './authorizer.ts';
import { responseOf } from './function-response.ts';
import { gatewayProblem, unauthenticated, unavailable } from './gateway-problem.ts';
import type { Answer, HttpRequest, HttpResponse } from './http-exchange.ts';
import { payloadOf } from './payload.ts';
import { type RouteMatch, routeTable } from './route-table.ts';

export interface ApiGatewayParts {
  readonly routes: readonly ApiRoute[];
  readonly functions: Pick<FunctionHost, 'invoke'>;
  /** Finds the public key that a token of the API's issuer names. */
  readonly keys: JWTVerifyGetKey;
}

interface GuardedRoute extends ApiRoute {
  readonly authorize?: Authorize;
}

export class ApiGateway {
  readonly #match: (method: string, path: string) => RouteMatch<GuardedRoute> | undefined;
  readonly #functions: Pick<FunctionHost, 'invoke'>;
  #inFlight = 0;
  #received = 0;

  constructor({ routes, functions, keys }: ApiGatewayParts) {
    const guarded = routes.map((route) => ({
      ...route,
      ...(route.authorizer && { authorize: jwtAuthorizer(route.authorizer, keys) }),
    }));
    this.#match = routeTable<GuardedRoute>(guarded);
    this.#functions = functions;
  }

  /**
   * Requests and invocations that have not ended (a function goes on after its caller was answered for it), and how many
   * requests have come since the start.
   */
  get traffic(): { readonly inFlight: number; readonly received: number } {
    return { inFlight: this.#inFlight, received: this.#received };
  }

  readonly answer: Answer = async (request) => {
    this.#received += 1;
    this.#inFlight += 1;
    try {
      return await this.#route(request);
    } catch (error) {
      if (error instanceof Problem) return gatewayProblem(error, request);
      throw error;
    } finally {
      this.#inFlight -= 1;
    }
  };

  async #route(request: HttpRequest): Promise<HttpResponse> {
    const { method, path, headers } = request;
    const match = this.#match(method, path);
    if (match === undefined) throw notFound(`There is no ${method} ${path}.`);
    const { route, pathParameters } = match;
    const authorization = await route.authorize?.(headers['authorization']);
    if (authorization?.kind === 'refused') throw unauthenticated(authorization.reason);
    const routed = {
      ...request,
      routeKey: route.key,
      pathParameters,
      ...(authorization && { claims: authorization.claims }),
    };
    const result = await this.#invoke(route, payloadOf(routed));
    if (result === 'timed out') throw unavailable(`There was no answer within ${route.timeoutInMillis} ms.`);
    if (result.kind === 'error') throw new Error(`${route.functionName}: ${result.errorType}: ${result.errorMessage}`);
    return responseOf(result.payload);
  }

  async #invoke(route: GuardedRoute, event: unknown): Promise<InvocationResult | 'timed out'> {
    const deadline = new AbortController();
    const timedOut = delay(route.timeoutInMillis, 'timed out' as const, { signal: deadline.signal });
    this.#inFlight += 1;
    const invocation = this.#functions.invoke(route.functionName, event).finally(() => {
      this.#inFlight -= 1;
    });
    try {
      return await Promise.race([invocation, timedOut]);
    } finally {
      deadline.abort();
      timedOut.catch(() => {});
    }
  }
}
