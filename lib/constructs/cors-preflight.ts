// What browsers on other origins may send to the API and read from its answers.
import { Duration } from 'aws-cdk-lib';
import { CorsHttpMethod, type HttpApiProps } from 'aws-cdk-lib/aws-apigatewayv2';

const requestHeaders = [
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'x-correlation-id',
];

const responseHeaders = [
  'consistency-token',
  'etag',
  'idempotency-replayed',
  'location',
  'retry-after',
  'x-correlation-id',
];

/** CORS for these origins; none switches it off. */
export function corsPreflight(origins: readonly string[]): Pick<HttpApiProps, 'corsPreflight'> {
  if (origins.length === 0) return {};
  return {
    corsPreflight: {
      allowOrigins: [...origins],
      allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
      allowHeaders: requestHeaders,
      exposeHeaders: responseHeaders,
      maxAge: Duration.hours(1),
    },
  };
}
