// A request and its response as the edge, the gateway and the local endpoints hand them on.
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export interface HttpRequest {
  readonly method: string;
  /** As it was sent: still percent-encoded, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** By names in lower case; the values of one that came more than once are joined by commas, cookies by semicolons. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** `1.1` */
  readonly httpVersion: string;
  readonly sourceIp: string;
  /** No other request has it. */
  readonly requestId: string;
  /** The caller's id if it is well formed, else the request's own. */
  readonly correlationId: string;
  readonly receivedAt: Date;
}

/** In the form in which a function answers. */
export type HttpResponse = APIGatewayProxyStructuredResultV2;

/** Answers a request. What it throws is unexpected and becomes a 500. */
export type Answer = (request: HttpRequest) => Promise<HttpResponse>;
