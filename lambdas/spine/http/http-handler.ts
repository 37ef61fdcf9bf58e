// The middy stack of every function behind the API: log context, correlation, origin lock, security headers, problem
// responses, routing.
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy, { type MiddlewareObj } from '@middy/core';
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { SdkError } from '@smithy/types';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { SECURITY_LOG_KEY } from '../bindings/environment.ts';
import { securityHeaders } from '../bindings/security-headers.ts';
import { NewerEventError } from '../kernel/errors.ts';
import { optional } from '../runtime/environment.ts';
import { logger } from '../runtime/logger.ts';
import type { Endpoint } from './endpoint.ts';
import { Problem, problemResponse, unavailable, unexpected } from './problem.ts';
import { CORRELATION_HEADER, correlationIdOf, ensureCorrelationId } from './request/correlation.ts';
import { type OriginLock, originLock } from './request/origin-lock.ts';
import type { QueryCheck } from './request/request.ts';
import { restApi } from './request/rest-api.ts';
import { securityLog } from './request/security-log.ts';
import { unrouted } from './unrouted.ts';

type Middleware = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error, Context>;

/**
 * @param originSecret what the edge proves itself with; `undefined` on a stage without one
 * @param routes the keys of all routes of the API, for the function that gets what no route is for
 * @param check of every query
 */
export function httpHandler(
  endpoints: readonly Endpoint[],
  originSecret?: string,
  routes: readonly string[] = [],
  check?: QueryCheck,
) {
  const byRoute = new Map<string, Endpoint>(endpoints.map((endpoint) => [endpoint.operation.route, endpoint]));
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error, Context>()
    .use(restApi({ isBehindEdge: originSecret !== undefined }))
    .use(injectLambdaContext(logger, LOGGING))
    .use(everyAnswer)
    .use(securityLog({ key: optional(SECURITY_LOG_KEY), isBehindEdge: originSecret !== undefined }))
    .use(admission(originLock(originSecret)))
    .use(problems)
    .handler((event) => {
      // Whatever GET answers, HEAD does.
      const endpoint = byRoute.get(event.routeKey.replace(/^HEAD /, 'GET '));
      return endpoint ? endpoint.answer(event, correlationIdOf(event), check) : unrouted(routes, event);
    });
}

/** Applies to every answer: it has security headers, and HEAD has no body (RFC 9110, section 9.3.2). */
const completed: NonNullable<Middleware['after']> = ({ event, response }) => {
  if (!response) return;
  response.headers = { ...securityHeaders, ...response.headers };
  if (event.requestContext.http.method === 'HEAD') delete response.body;
};

const everyAnswer: Middleware = { after: completed, onError: completed };

/** A request is never logged as a whole, whatever the environment says: its headers hold secrets. */
const LOGGING = { resetKeys: true, logEvent: false };

/** Every answer gets a correlation id, even a refusal; whoever goes around the edge learns nothing else. */
const admission = (lock: OriginLock): Middleware => ({
  before: ({ event }) => {
    const malformed = ensureCorrelationId(event);
    logger.appendKeys({ correlationId: correlationIdOf(event), route: event.routeKey });
    lock(event);
    if (malformed) throw malformed;
  },
  after: (request) => addCorrelationHeader(request),
  onError: (request) => addCorrelationHeader(request),
});

const addCorrelationHeader: NonNullable<Middleware['after']> = ({ event, response }) => {
  if (response) response.headers = { ...response.headers, [CORRELATION_HEADER]: correlationIdOf(event) };
};

const problems: Middleware = {
  onError: (request) => {
    const problem = toProblem(request.error);
    if (problem.status >= 500) logger.error(problem.message, { error: request.error ?? problem });
    else logger.info('Refused', { code: problem.code, status: problem.status });
    request.response = problemResponse(problem, request.event.rawPath);
  },
};

function toProblem(error: Error | null | undefined): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof NewerEventError)
    return unavailable(error, 'A newer version of this service has changed it. Try again.');
  return error && mayPass(error as SdkError) ? unavailable() : unexpected();
}

/** Errors that outlasted the SDK's own retries and may still pass by themselves. */
const mayPass = (error: SdkError): boolean =>
  isThrottlingError(error) || isTransientError(error) || isServerError(error);
