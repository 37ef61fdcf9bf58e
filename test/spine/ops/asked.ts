// What a function behind the API answers when it is asked without a gateway.
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';

/** @param request route key and query: `GET /ops/pipeline?limit=1` */
export async function asked(
  handler: ReturnType<typeof httpHandler>,
  request: string,
  body?: unknown,
  pathParameters: Readonly<Record<string, string>> = {},
) {
  const [routeKey = '', rawQueryString = ''] = request.split('?', 2);
  const [method, rawPath] = routeKey.split(' ');
  const event = {
    ...{ routeKey, rawPath, rawQueryString, pathParameters },
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    requestContext: { http: { method } },
  };
  const answer = await handler(event as unknown as APIGatewayProxyEventV2, {} as Context);
  return { ...answer, json: JSON.parse(answer.body ?? 'null') as unknown };
}
