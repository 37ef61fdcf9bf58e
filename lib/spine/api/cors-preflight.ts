// What browsers on other origins may send to the API and read from its answers.
import { Duration } from 'aws-cdk-lib';
import { CorsHttpMethod, type HttpApiProps } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ResponseHeadersPolicyProps } from 'aws-cdk-lib/aws-cloudfront';

const requestHeaders = [
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'x-correlation-id',
];

const responseHeaders = [
  'age',
  'allow',
  'consistency-token',
  'etag',
  'idempotency-replayed',
  'location',
  'retry-after',
  'www-authenticate',
  'x-cache',
  'x-correlation-id',
];

const methods = [CorsHttpMethod.GET, CorsHttpMethod.HEAD, CorsHttpMethod.POST];
const maxAge = Duration.hours(1);

/** CORS for these origins; none switches it off. */
export function corsPreflight(origins: readonly string[]): Pick<HttpApiProps, 'corsPreflight'> {
  if (origins.length === 0) return {};
  return {
    corsPreflight: {
      allowOrigins: [...origins],
      allowMethods: methods,
      allowHeaders: requestHeaders,
      exposeHeaders: responseHeaders,
      maxAge,
    },
  };
}

/**
 * The same at the edge. An answer from the cache has the headers for the origin that it was made for, so the edge sets them
 * anew for each request.
 */
export function corsBehavior(origins: readonly string[]): Pick<ResponseHeadersPolicyProps, 'corsBehavior'> {
  if (origins.length === 0) return {};
  return {
    corsBehavior: {
      accessControlAllowCredentials: false,
      accessControlAllowOrigins: [...origins],
      accessControlAllowMethods: methods,
      accessControlAllowHeaders: requestHeaders,
      accessControlExposeHeaders: responseHeaders,
      accessControlMaxAge: maxAge,
      originOverride: true,
    },
  };
}
