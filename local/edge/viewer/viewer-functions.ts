// The CloudFront functions of a distribution, compiled once: each passes a request or a response on as it makes it.
import type { LogSink } from '../../functions/execution-environment.ts';
import type { HttpRequest } from '../../gateway/http-exchange.ts';
import type { Distribution } from '../distribution.ts';
import type { EdgeResponse } from '../edge-response.ts';
import { viewerEvent } from './viewer-event.ts';
import { compileViewerFunction, type ViewerFunction, type ViewerFunctionSource } from './viewer-function.ts';
import { isResponse, requestAfter, responseAfter } from './viewer-result.ts';

/** The request goes on, or the function has answered it. */
type AfterRequest =
  | { readonly kind: 'request'; readonly request: HttpRequest }
  | { readonly kind: 'response'; readonly response: EdgeResponse };

/** A function threw, took too long or returned what cannot be passed on; the log tells more. */
export class ViewerFunctionError extends Error {}

export class ViewerFunctions {
  readonly #distribution: Distribution;
  readonly #log: LogSink;
  readonly #compiled = new Map<string, ViewerFunction>();

  /** @throws Error for a function that does not compile */
  constructor(distribution: Distribution, log: LogSink) {
    this.#distribution = distribution;
    this.#log = log;
    const sources = distribution.behaviors.flatMap(({ viewerRequest, viewerResponse }) => [
      viewerRequest,
      viewerResponse,
    ]);
    for (const source of sources)
      if (source !== undefined && !this.#compiled.has(source.name))
        this.#compiled.set(
          source.name,
          compileViewerFunction(source, (line) => log(source.name, 'stdout', line)),
        );
  }

  /** @throws ViewerFunctionError */
  async onRequest(source: ViewerFunctionSource | undefined, request: HttpRequest): Promise<AfterRequest> {
    if (source === undefined) return { kind: 'request', request };
    return await this.#run(source, async (invoke) => {
      const result = await invoke(viewerEvent(this.#distribution, request));
      return isResponse(result)
        ? { kind: 'response', response: responseAfter({ statusCode: 200, headers: {} }, result) }
        : { kind: 'request', request: requestAfter(request, result) };
    });
  }

  /**
   * @param request as the viewer sent it
   * @throws ViewerFunctionError
   */
  async onResponse(
    source: ViewerFunctionSource | undefined,
    request: HttpRequest,
    response: EdgeResponse,
  ): Promise<EdgeResponse> {
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html: not for errors.
    if (source === undefined || response.statusCode >= 400) return response;
    return await this.#run(source, async (invoke) =>
      responseAfter(response, await invoke(viewerEvent(this.#distribution, request, response))),
    );
  }

  async #run<Result>(
    { name }: ViewerFunctionSource,
    use: (invoke: ViewerFunction) => Promise<Result>,
  ): Promise<Result> {
    try {
      const invoke = this.#compiled.get(name);
      if (invoke === undefined) throw new Error(`a function must be compiled before it runs: ${name}`);
      return await use(invoke);
    } catch (error) {
      this.#log(name, 'stderr', error instanceof Error ? (error.stack ?? error.message) : String(error));
      throw new ViewerFunctionError(`The CloudFront function ${name} failed.`, { cause: error });
    }
  }
}
