// The answers that the gateway gives by itself, as problem details. This is the one place where we depart from AWS on
// purpose: an HTTP API answers {"message": "Unauthorized"} and the like, and that body cannot be configured. A client should
// meet one form of error, whichever hop refuses it.
import { securityHeaders } from '../../lambdas/spine/bindings/security-headers.ts';
import { Problem, problemResponse } from '../../lambdas/spine/http/problem.ts';
import { CORRELATION_HEADER } from '../../lambdas/spine/http/request/correlation.ts';
import type { HttpRequest, HttpResponse } from './http-exchange.ts';

/** Answers the request with the problem. */
export function gatewayProblem(problem: Problem, request: Pick<HttpRequest, 'path' | 'correlationId'>): HttpResponse {
  const { headers, ...response } = problemResponse(problem, request.path);
  return { ...response, headers: { ...securityHeaders, ...headers, [CORRELATION_HEADER]: request.correlationId } };
}

export const unauthenticated = (reason: string): Problem =>
  new Problem(401, 'unauthenticated', reason, { headers: { 'www-authenticate': 'Bearer' } });

export const payloadTooLarge = (maxBytes: number): Problem =>
  new Problem(413, 'payload_too_large', `A body has at most ${maxBytes} bytes; this one has more.`);

export const unavailable = (detail: string): Problem =>
  new Problem(503, 'unavailable', detail, { headers: { 'retry-after': '1' } });
