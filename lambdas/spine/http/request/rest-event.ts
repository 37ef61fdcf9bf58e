// A REST API's event (payload format 1.0) in the form that the handlers know (2.0, as an HTTP API sends it).
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';

export const isRestEvent = (event: APIGatewayProxyEvent | APIGatewayProxyEventV2): event is APIGatewayProxyEvent =>
  'httpMethod' in event;

/** `rawPath` begins behind the name of the stage and behind the base path of a custom domain. */
export function fromRestEvent(event: APIGatewayProxyEvent): APIGatewayProxyEventV2 {
  const { httpMethod, resource, requestContext, body, isBase64Encoded } = event;
  const headers = headersOf(event);
  const routeKey = `${httpMethod} ${resource}`;
  const rawPath = decoded(pathOf(event));
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: queryOf(event),
    headers,
    pathParameters: Object.fromEntries(
      Object.entries(event.pathParameters ?? {}).map(([name, value = '']) => [name, decoded(value)]),
    ),
    requestContext: {
      accountId: requestContext.accountId,
      apiId: requestContext.apiId,
      domainName: requestContext.domainName ?? '',
      domainPrefix: requestContext.domainPrefix ?? '',
      http: {
        method: httpMethod,
        path: rawPath,
        protocol: requestContext.protocol,
        sourceIp: requestContext.identity.sourceIp,
        userAgent: requestContext.identity.userAgent ?? '',
      },
      requestId: requestContext.requestId,
      routeKey,
      stage: requestContext.stage,
      time: requestContext.requestTime ?? '',
      timeEpoch: requestContext.requestTimeEpoch,
      ...verifiedClaims(event),
    },
    isBase64Encoded,
    ...(body !== null && { body }),
  };
}

/** What the gateway has verified of the token, where an HTTP API puts it. */
function verifiedClaims({ requestContext: { authorizer } }: APIGatewayProxyEvent): object {
  const claims: unknown = authorizer?.['claims'];
  return claims === undefined ? {} : { authorizer: { jwt: { claims } } };
}

/** What stands before the API's own paths: `/live` for the stage `live`, the base path behind a custom domain, or nothing. */
export function basePathOf(event: APIGatewayProxyEvent): string {
  const { path } = event.requestContext;
  const ownPath = pathOf(event);
  return path.endsWith(ownPath) ? path.slice(0, -ownPath.length) : '';
}

/** The path of the matched resource, as the client has encoded it. */
const pathOf = ({ resource, pathParameters }: APIGatewayProxyEvent): string =>
  resource.replaceAll(/\{(\w+)\+?\}/g, (_, name) => pathParameters?.[name] ?? '');

/** Names in lower case; the values of one that comes more than once are joined by commas. */
function headersOf({ multiValueHeaders }: APIGatewayProxyEvent): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values = []] of Object.entries(multiValueHeaders ?? {})) {
    const key = name.toLowerCase();
    headers[key] = [...(key in headers ? [headers[key]] : []), ...values].join(',');
  }
  return headers;
}

/** A REST API hands the query over decoded, with all values of each name. */
function queryOf({ multiValueQueryStringParameters }: APIGatewayProxyEvent): string {
  const query = new URLSearchParams();
  for (const [name, values = []] of Object.entries(multiValueQueryStringParameters ?? {})) {
    for (const value of values) query.append(name, value);
  }
  return query.toString();
}

/** A REST API leaves paths encoded, an HTTP API decodes them. What is no valid encoding stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
