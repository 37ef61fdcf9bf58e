import type { APIGatewayProxyEvent, APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { signedEndpoint } from '../../../lambdas/spine/http/endpoint.ts';
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import { basePathOf, fromRestEvent } from '../../../lambdas/spine/http/request/rest-event.ts';
import { jsonResponse } from '../../../lambdas/spine/http/response.ts';

/** As API Gateway sends it: what is not there is null. */
const event = ({ requestContext, ...changes }: Partial<APIGatewayProxyEvent> = {}): APIGatewayProxyEvent =>
  ({
    resource: '/orders/{orderId}',
    path: '/orders/A',
    httpMethod: 'GET',
    headers: {},
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { orderId: 'A' },
    stageVariables: null,
    requestContext: { path: '/live/orders/A', stage: 'live', identity: { sourceIp: '192.0.2.1' }, ...requestContext },
    body: null,
    isBase64Encoded: false,
    ...changes,
  }) as APIGatewayProxyEvent;

describe('an event of a REST API', () => {
  it('has the route key of the same route of an HTTP API', () => {
    expect(fromRestEvent(event())).toMatchObject({ version: '2.0', routeKey: 'GET /orders/{orderId}' });
  });

  it('has the claims that the gateway has verified where those of an HTTP API are', () => {
    const claims = { sub: 'alice' };
    const { requestContext } = fromRestEvent(event({ requestContext: { authorizer: { claims } } as never }));
    expect(requestContext).toMatchObject({ authorizer: { jwt: { claims } } });
    expect(fromRestEvent(event()).requestContext).not.toHaveProperty('authorizer');
  });

  it('has the path without the name of the stage', () => {
    expect(fromRestEvent(event()).rawPath).toBe('/orders/A');
    expect(basePathOf(event())).toBe('/live');
  });

  it('has the path without the base path of a custom domain', () => {
    const { path, requestContext } = event({ path: '/shop/orders/A' });
    const behindDomain = event({ path, requestContext: { ...requestContext, path: '/shop/orders/A' } });
    expect(fromRestEvent(behindDomain).rawPath).toBe('/orders/A');
    expect(basePathOf(behindDomain)).toBe('/shop');
  });

  it('has the path of whatever no route matches', () => {
    const { requestContext } = event();
    const unknown = event({
      resource: '/{proxy+}',
      pathParameters: { proxy: 'no/where' },
      requestContext: { ...requestContext, path: '/live/no/where' },
    });
    expect(fromRestEvent(unknown)).toMatchObject({ rawPath: '/no/where', routeKey: 'GET /{proxy+}' });
    expect(basePathOf(unknown)).toBe('/live');
  });

  it('has path parameters decoded, as an HTTP API decodes them', () => {
    const { requestContext } = event();
    const encoded = event({
      pathParameters: { orderId: 'auth0%7C1' },
      requestContext: { ...requestContext, path: '/live/orders/auth0%7C1' },
    });
    expect(fromRestEvent(encoded)).toMatchObject({
      rawPath: '/orders/auth0|1',
      pathParameters: { orderId: 'auth0|1' },
    });
    expect(basePathOf(encoded)).toBe('/live');
    expect(fromRestEvent(event({ pathParameters: { orderId: '100%' } })).pathParameters).toEqual({ orderId: '100%' });
  });

  it('has the names of headers in lower case, and all values of a repeated one', () => {
    const { headers } = fromRestEvent(
      event({
        multiValueHeaders: { 'If-None-Match': ['"1"', '"2"'], 'X-Correlation-ID': ['a'], 'x-correlation-id': ['b'] },
      }),
    );
    expect(headers).toEqual({ 'if-none-match': '"1","2"', 'x-correlation-id': 'a,b' });
  });

  it('has every value of a repeated query parameter, encoded again', () => {
    const multiValueQueryStringParameters = { consistentWith: ['order-A@1', 'order-B@2'], 'a b': ['c&d'] };
    const { rawQueryString } = fromRestEvent(event({ multiValueQueryStringParameters }));
    expect([...new URLSearchParams(rawQueryString)]).toEqual([
      ['consistentWith', 'order-A@1'],
      ['consistentWith', 'order-B@2'],
      ['a b', 'c&d'],
    ]);
    expect(fromRestEvent(event()).rawQueryString).toBe('');
  });

  it('has no body when there was none', () => {
    expect(fromRestEvent(event())).not.toHaveProperty('body');
  });
});

describe('a handler behind a REST API', () => {
  const bytes = Buffer.from('{"name":"ü"}');
  const seen: Uint8Array[] = [];
  const endpoint = signedEndpoint(
    {
      route: 'POST /products',
      summary: '',
      access: 'signature',
      body: z.strictObject({ name: z.string() }),
      success: { status: 201, schema: z.unknown() },
      problems: [],
    },
    async (_, body) => void seen.push(body),
    async ({ body }) => jsonResponse(201, body, { location: '/products/A' }),
  );
  const post = (resource: string, path: string, originSecret?: string) => {
    const { requestContext } = event();
    return httpHandler([endpoint], originSecret)(
      event({
        resource,
        path,
        httpMethod: 'POST',
        pathParameters: null,
        requestContext: { ...requestContext, path: `/live${path}` },
        multiValueHeaders: { 'Content-Type': ['application/json'], 'X-Origin-Secret': ['secret'] },
        body: bytes.toString('base64'),
        isBase64Encoded: true,
        // The handler's type is that of the events behind its first middleware.
      }) as unknown as APIGatewayProxyEventV2,
      {} as Context,
    );
  };

  it('gets the body byte by byte as it was sent', async () => {
    expect(await post('/products', '/products')).toMatchObject({ statusCode: 201, body: '{"name":"ü"}' });
    expect(seen).toEqual([bytes]);
  });

  it('answers a location that clients can follow: the name of the stage stands before it', async () => {
    expect(await post('/products', '/products')).toMatchObject({ headers: { location: '/live/products/A' } });
  });

  it('answers a location from the root behind an edge, which puts the name of the stage before it', async () => {
    expect(await post('/products', '/products', 'secret')).toMatchObject({ headers: { location: '/products/A' } });
  });

  it('refuses who comes past the edge', async () => {
    expect(await post('/products', '/products', 'another')).toMatchObject({ statusCode: 403 });
  });

  it('refuses an unknown path by its path below the stage', async () => {
    const { statusCode, body = '' } = await post('/', '/');
    expect({ statusCode, ...JSON.parse(body) }).toMatchObject({ statusCode: 404, code: 'not_found', instance: '/' });
  });
});
