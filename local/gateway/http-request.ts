// Reads a request off the wire.
import type { IncomingMessage } from 'node:http';
import { ulid } from 'ulid';
import { CORRELATION_HEADER } from '../../lambdas/spine/http/request/correlation.ts';
import type { HttpRequest } from './http-exchange.ts';
import { requestTarget } from './request-target.ts';

const wellFormedCorrelationId = /^[\x21-\x7e]{1,128}$/;

/** The request without its body, which has yet to come. */
export function requestOf(message: IncomingMessage): Omit<HttpRequest, 'body'> {
  const { method = 'GET', url: target = '/', httpVersion, socket } = message;
  const { path, query, host } = requestTarget(target);
  const headers = { ...headersOf(message), ...(host !== undefined && { host }) };
  const requestId = ulid();
  return {
    method,
    path,
    query,
    headers,
    httpVersion,
    sourceIp: socket.remoteAddress ?? '',
    requestId,
    correlationId: correlationIdIn(headers) ?? requestId,
    receivedAt: new Date(),
  };
}

/** The caller's correlation id if it is well formed. */
export function correlationIdIn(headers: HttpRequest['headers']): string | undefined {
  const given = headers[CORRELATION_HEADER];
  return given !== undefined && wellFormedCorrelationId.test(given) ? given : undefined;
}

function headersOf(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    if (values !== undefined) headers[name] = values.join(name === 'cookie' ? '; ' : ',');
  }
  return headers;
}
