// The distribution of the template on this machine: finds a path's behaviour, runs its functions, answers from the cache or from the
// origin, and says in `X-Cache` which it was.
import type { LogSink } from '../functions/execution-environment.ts';
import { gatewayProblem, unavailable } from '../gateway/gateway-problem.ts';
import type { Answer, HttpRequest } from '../gateway/http-exchange.ts';
import { acceptedCodings, compressed, isCompressible, weakened } from './compression.ts';
import { conditionalAnswer } from './conditional.ts';
import type { CacheBehavior, Distribution } from './distribution.ts';
import { type CachedAnswer, type CacheResult, EdgeCache } from './edge-cache.ts';
import { type EdgeResponse, edgeResponse } from './edge-response.ts';
import type { InvalidationItem } from './invalidation.ts';
import { objectRequest, originRequest } from './origin-request.ts';
import { normalisedPath } from './path-pattern.ts';
import { withPolicyHeaders } from './response-headers.ts';
import { ViewerFunctionError, ViewerFunctions } from './viewer/viewer-functions.ts';

const limits = { maxObjects: 10_000, maxBytes: 64 * 1024 * 1024 };

export interface EdgeParts {
  readonly distribution: Distribution;
  /** Answers what the edge does not have. Never rejects. */
  readonly origin: Answer;
  /** Takes what the distribution's functions write, and why one failed. */
  readonly log: LogSink;
}

interface EdgeAnswer {
  readonly result: CacheResult | 'FunctionGeneratedResponse';
  readonly response: EdgeResponse;
}

export class Edge {
  readonly #distribution: Distribution;
  readonly #origin: Answer;
  readonly #functions: ViewerFunctions;
  readonly #cache = new EdgeCache(limits);

  /** @throws Error for a function that does not compile */
  constructor({ distribution, origin, log }: EdgeParts) {
    this.#distribution = distribution;
    this.#origin = origin;
    this.#functions = new ViewerFunctions(distribution, log);
  }

  readonly answer: Answer = async (request) => {
    const path = normalisedPath(request.path);
    const behavior = this.#distribution.behaviors.find((candidate) => candidate.matches(path));
    if (behavior === undefined) throw new Error(`a distribution must have a behaviour for every path: ${path}`);
    const { result, response } = await this.#respond(behavior, request);
    const headers = withPolicyHeaders(response.headers, behavior.responseHeaders, request);
    const source = response.statusCode >= 400 ? 'Error' : result;
    return { ...response, headers: { ...headers, 'x-cache': `${source} from cloudfront` } };
  };

  /** From now on, nothing that the items name is answered from what was read before. */
  invalidate(items: readonly InvalidationItem[]): void {
    this.#cache.invalidate(items);
  }

  async #respond(behavior: CacheBehavior, request: HttpRequest): Promise<EdgeAnswer> {
    const { viewerRequest, viewerResponse } = behavior;
    try {
      const after = await this.#functions.onRequest(viewerRequest, request);
      if (after.kind === 'response') return { result: 'FunctionGeneratedResponse', response: after.response };
      const { result, response } = await this.#lookUp(behavior, after.request);
      const delivered = await this.#delivered(behavior, after.request, response);
      return { result, response: await this.#functions.onResponse(viewerResponse, request, delivered) };
    } catch (error) {
      if (!(error instanceof ViewerFunctionError)) throw error;
      const problem = unavailable('The edge could not handle the request. Try again.');
      return { result: 'Miss', response: edgeResponse(gatewayProblem(problem, request)) };
    }
  }

  /** What the viewer gets: no body for what it has already, and compression where that is asked for. */
  async #delivered(
    { cache, compresses }: CacheBehavior,
    request: HttpRequest,
    response: EdgeResponse,
  ): Promise<EdgeResponse> {
    const isKept = cache.maxTtlInSeconds > 0 && request.method === 'GET';
    const [coding] = compresses && isKept && isCompressible(response) ? acceptedCodings(request, cache.codings) : [];
    const answer = conditionalAnswer(request, coding === undefined ? response : weakened(response));
    return coding === undefined || answer.statusCode === 304 ? answer : await compressed(answer, coding);
  }

  async #lookUp(behavior: CacheBehavior, request: HttpRequest): Promise<CachedAnswer> {
    const { maxTtlInSeconds } = behavior.cache;
    const fetch = async (conditions?: HttpRequest['headers']): Promise<EdgeResponse> =>
      edgeResponse(await this.#origin(originRequest(request, behavior, conditions)));
    const isKept = maxTtlInSeconds > 0 && ['GET', 'HEAD'].includes(request.method);
    if (!isKept) return { result: 'Miss', response: await fetch() };
    const rules = { ...this.#distribution, maxTtlInSeconds };
    return await this.#cache.answer({ request: objectRequest(request, behavior), rules, fetch });
  }
}
