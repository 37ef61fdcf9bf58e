// A request and its response as the parts of the gateway hand them on.
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export interface HttpRequest {
  readonly message: IncomingMessage;
  /** As it was sent: still percent-encoded, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly body: Buffer;
  /** The caller's id if it is well formed, else a minted one. */
  readonly correlationId: string;
  readonly receivedAt: Date;
}

/** In the form in which a function answers. */
export type HttpResponse = APIGatewayProxyStructuredResultV2;

/** Answers a request. What it throws is unexpected and becomes a 500. */
export type Answer = (request: HttpRequest) => Promise<HttpResponse>;
