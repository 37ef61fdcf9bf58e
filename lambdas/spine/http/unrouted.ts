// Answers requests that no route matches: 404 where there is nothing, 405 where other methods would do.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { allowHeader, methodsAt } from './allowed-methods.ts';
import { methodNotAllowed, notFound } from './problem.ts';

/**
 * @param routes the keys of all routes, those with HEAD among them
 *
 * An HTTP API with a `$default` route and CORS may hand a browser's preflight over, and adds the headers to whatever
 * succeeds (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html), so OPTIONS never fails for one.
 * @throws Problem 404 or 405
 */
export function unrouted(routes: readonly string[], event: APIGatewayProxyEventV2): APIGatewayProxyStructuredResultV2 {
  const { rawPath, headers } = event;
  const { method } = event.requestContext.http;
  const methods = methodsAt(
    routes.map((key) => ({ key })),
    rawPath,
  );
  const isPreflight = headers['access-control-request-method'] !== undefined;
  if (method === 'OPTIONS' && (methods.length > 0 || isPreflight)) {
    return { statusCode: 204, headers: { allow: allowHeader(methods), 'cache-control': 'no-store' } };
  }
  if (methods.length > 0) throw methodNotAllowed(method, rawPath, allowHeader(methods));
  throw notFound(`There is no ${method} ${rawPath}.`);
}
