// The HTTP server of the local host: it keeps the gateway's limits and counts what is in flight.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ulid } from 'ulid';
import { CORRELATION_HEADER } from '../../lambdas/runtime/http/correlation.ts';
import { unexpected } from '../../lambdas/runtime/http/problem.ts';
import { gatewayProblem, payloadTooLarge, unavailable } from './gateway-problem.ts';
import { readBody, writeResponse } from './http-body.ts';
import type { Answer, HttpResponse } from './http-exchange.ts';
import { answerUnreadable } from './unreadable-request.ts';

/** The limits of API Gateway. */
const maxBodyInBytes = 10 * 1024 * 1024;
const maxHeadersInBytes = 10 * 1024;
const wellFormedCorrelationId = /^[\x21-\x7e]{1,128}$/;
/** Longer than clients keep an idle connection, so that it is they who close it. */
const keepAliveTimeoutInMillis = 65_000;

/** Is told of an error behind an answer 500, which names the cause by the correlation id alone. */
export type ReportError = (error: unknown, correlationId: string) => void;

export class HttpServer {
  readonly #server: Server;
  readonly #reportError: ReportError;
  #answer: Answer = async (request) => gatewayProblem(unavailable('The host is starting.'), request);
  #isStopping = false;

  private constructor(reportError: ReportError) {
    this.#reportError = reportError;
    const options = { keepAliveTimeout: keepAliveTimeoutInMillis, maxHeaderSize: maxHeadersInBytes };
    this.#server = createServer(options, (message, response) => void this.#serve(message, response));
    this.#server.on('clientError', answerUnreadable);
  }

  /**
   * Listens on 127.0.0.1 and answers 503 until `serve` is called.
   * @param port 0 for any free one
   * @throws the error of `listen`: `EADDRINUSE` where the port is in use
   */
  static async listen(port: number, reportError: ReportError): Promise<HttpServer> {
    const server = new HttpServer(reportError);
    server.#server.listen(port, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  serve(answer: Answer): void {
    this.#answer = answer;
  }

  /** Takes no more connections; resolves when every request in flight is answered. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = message.headers[CORRELATION_HEADER];
    const correlationId = typeof given === 'string' && wellFormedCorrelationId.test(given) ? given : ulid();
    try {
      const answer = await this.#answerTo(message, correlationId);
      // The client has to be told, or its next request would race with the closing of an idle connection.
      if (this.#isStopping) response.setHeader('connection', 'close');
      await writeResponse(response, answer);
    } catch (error) {
      const isAborted = message.destroyed && !message.complete;
      if (!isAborted) this.#reportError(error, correlationId);
      response.destroy();
    }
  }

  async #answerTo(message: IncomingMessage, correlationId: string): Promise<HttpResponse> {
    const target = message.url ?? '/';
    const path = target.split('?', 1)[0] ?? '';
    const query = target.slice(path.length + 1);
    const receivedAt = new Date();
    const body = await readBody(message, maxBodyInBytes);
    if (body === undefined) return gatewayProblem(payloadTooLarge(maxBodyInBytes), { path, correlationId });
    const request = { message, path, query, body, correlationId, receivedAt };
    try {
      return await this.#answer(request);
    } catch (error) {
      this.#reportError(error, correlationId);
      return gatewayProblem(unexpected(), request);
    }
  }
}
