// The HTTP server of the local host: it keeps the gateway's limits and counts what is in flight.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ReportError, withoutErrors } from './answer-errors.ts';
import { gatewayProblem, payloadTooLarge, unavailable } from './gateway-problem.ts';
import { readBody, writeResponse } from './http-body.ts';
import type { Answer, HttpRequest, HttpResponse } from './http-exchange.ts';
import { requestOf } from './http-request.ts';
import { answerWithoutPath } from './request-target.ts';
import { unfitRequest } from './unfit-request.ts';
import { answerTunnel, answerUnreadable } from './unreadable-request.ts';

/** The limits of API Gateway. */
const maxBodyInBytes = 10 * 1024 * 1024;
const maxHeadersInBytes = 10 * 1024;
/** Longer than clients keep an idle connection, so that the client closes it first. */
const keepAliveTimeoutInMillis = 65_000;

export class HttpServer {
  readonly #server: Server;
  readonly #reportError: ReportError;
  #answer: Answer = async (request) => gatewayProblem(unavailable('The host is starting.'), request);
  #isStopping = false;

  private constructor(reportError: ReportError) {
    this.#reportError = reportError;
    const options = {
      keepAliveTimeout: keepAliveTimeoutInMillis,
      maxHeaderSize: maxHeadersInBytes,
      // Node would refuse a request without one by itself, and with no problem.
      requireHostHeader: false,
    };
    this.#server = createServer(options, (message, response) => void this.#serve(message, response));
    this.#server.on('checkExpectation', (message, response) => void this.#serve(message, response));
    this.#server.on('clientError', answerUnreadable);
    this.#server.on('connect', (_message, socket) => answerTunnel(socket));
  }

  /**
   * Listens, by default on 127.0.0.1, and answers 503 until `serve` is called.
   * @param port 0 for any free one
   * @throws the error of `listen`: `EADDRINUSE` where the port is in use
   */
  static async listen(port: number, reportError: ReportError, host = '127.0.0.1'): Promise<HttpServer> {
    const server = new HttpServer(reportError);
    server.#server.listen(port, host);
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  serve(answer: Answer): void {
    this.#answer = withoutErrors(answer, this.#reportError);
  }

  /** Takes no more connections; resolves when every request in flight is answered. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = requestOf(message);
    try {
      const answer = await this.#answerTo(message, request);
      // The client has to be told, or its next request would race with the closing of an idle connection.
      if (this.#isStopping) response.setHeader('connection', 'close');
      await writeResponse(response, answer);
    } catch (error) {
      const isAborted = message.destroyed && !message.complete;
      if (!isAborted) this.#reportError(error, request.correlationId);
      response.destroy();
    }
  }

  async #answerTo(message: IncomingMessage, request: Omit<HttpRequest, 'body'>): Promise<HttpResponse> {
    const body = await readBody(message, maxBodyInBytes);
    if (body === undefined) return gatewayProblem(payloadTooLarge(maxBodyInBytes), request);
    const unfit = unfitRequest(message);
    if (unfit !== undefined) return gatewayProblem(unfit, { ...request, path: '/' });
    return answerWithoutPath(request) ?? (await this.#answer({ ...request, body }));
  }
}
