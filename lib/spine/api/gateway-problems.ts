// The answers that a REST API gives by itself, as problem details (RFC 9457): the client sees one form of error, whoever refuses.

import { type ResponseType as GatewayResponseType, ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { securityHeaders } from '../../../lambdas/spine/bindings/security-headers.ts';

interface GatewayProblem {
  readonly types: readonly GatewayResponseType[];
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const problems: readonly GatewayProblem[] = [
  {
    types: [ResponseType.UNAUTHORIZED],
    status: 401,
    code: 'unauthenticated',
    detail: 'This needs a valid token: Authorization: Bearer <JWT>.',
    headers: { 'WWW-Authenticate': 'Bearer' },
  },
  {
    types: [
      ResponseType.ACCESS_DENIED,
      ResponseType.EXPIRED_TOKEN,
      ResponseType.INVALID_API_KEY,
      ResponseType.INVALID_SIGNATURE,
      ResponseType.MISSING_AUTHENTICATION_TOKEN,
      ResponseType.WAF_FILTERED,
    ],
    status: 403,
    code: 'forbidden',
    detail: 'This is not allowed.',
  },
  { types: [ResponseType.RESOURCE_NOT_FOUND], status: 404, code: 'not_found', detail: 'There is nothing here.' },
  {
    types: [ResponseType.REQUEST_TOO_LARGE],
    status: 413,
    code: 'payload_too_large',
    detail: 'The request is larger than the API takes.',
  },
  {
    types: [ResponseType.UNSUPPORTED_MEDIA_TYPE],
    status: 415,
    code: 'unsupported_media_type',
    detail: 'The body must be application/json in UTF-8.',
  },
  {
    types: [ResponseType.THROTTLED, ResponseType.QUOTA_EXCEEDED],
    status: 429,
    code: 'throttled',
    detail: 'There are too many requests. Try again later.',
    headers: { 'Retry-After': '1' },
  },
  {
    types: [ResponseType.DEFAULT_4XX],
    status: 400,
    code: 'bad_request',
    detail: 'The request cannot be read.',
  },
  {
    types: [ResponseType.INTEGRATION_FAILURE, ResponseType.INTEGRATION_TIMEOUT, ResponseType.DEFAULT_5XX],
    status: 503,
    code: 'unavailable',
    detail: 'A service that this needs does not answer. Try again.',
    headers: { 'Retry-After': '2' },
  },
];

/** `payload_too_large` → `Payload too large`. */
const titleOf = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('_', ' ');

export function addGatewayProblems(api: RestApi): void {
  for (const { types, status, code, detail, headers = {} } of problems) {
    const body = { type: `urn:eventspine:problem:${code}`, title: titleOf(code), status, detail };
    for (const type of types) {
      api.addGatewayResponse(type.responseType, {
        type,
        statusCode: String(status),
        responseHeaders: {
          'Content-Type': `'application/problem+json'`,
          'Cache-Control': `'no-store'`,
          'X-Correlation-Id': 'context.requestId',
          ...Object.fromEntries(
            Object.entries({ ...securityHeaders, ...headers }).map(([name, value]) => [name, `'${value}'`]),
          ),
        },
        templates: { 'application/json': JSON.stringify({ ...body, instance: '$context.path', code }) },
      });
    }
  }
}
