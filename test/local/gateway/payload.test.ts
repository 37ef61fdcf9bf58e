import { describe, expect, it } from 'vitest';
import { rawRequest, startGateway, success } from './fixture.ts';

async function eventOf(path: string, options: Parameters<typeof rawRequest>[1] = {}) {
  const { url, invocations, issuer } = await startGateway(() => success({}));
  const token = await issuer.issue({ sub: 'ada', email: 'ada@example.com', groups: ['staff', 'admin'] });
  await rawRequest(`${url}${path}`, {
    ...options,
    headers: ['Authorization', `Bearer ${token}`, ...(options.headers ?? [])],
  });
  const [invocation] = invocations;
  return invocation?.event ?? {};
}

describe('the event that a function gets', () => {
  it('tells path, query, route and parameters in format 2.0', async () => {
    const event = await eventOf('/orders/a%20b?tag=x&tag=y%2Cz&empty=&asOf=2026-01-01T00:00:00.000Z');
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /orders/{orderId}',
      rawPath: '/orders/a%20b',
      rawQueryString: 'tag=x&tag=y%2Cz&empty=&asOf=2026-01-01T00:00:00.000Z',
      queryStringParameters: { tag: 'x,y,z', empty: '', asOf: '2026-01-01T00:00:00.000Z' },
      pathParameters: { orderId: 'a b' },
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'GET', path: '/orders/a%20b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        routeKey: 'GET /orders/{orderId}',
        stage: '$default',
        requestId: expect.any(String),
        time: expect.stringMatching(/^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/),
        timeEpoch: expect.any(Number),
      },
    });
    expect(event).not.toHaveProperty('body');
  });

  it('has no parameters where there are none', async () => {
    const event = await eventOf('/products');
    expect(event).toMatchObject({ rawPath: '/products', rawQueryString: '' });
    expect(event).not.toHaveProperty('pathParameters');
    expect(event).not.toHaveProperty('queryStringParameters');
    expect(event).not.toHaveProperty('requestContext.authorizer');
  });

  it('has header names in lower case, repeated ones joined by commas, cookies apart', async () => {
    const { headers, cookies } = await eventOf('/products', {
      headers: ['X-Tag', 'one', 'x-tag', 'two', 'Cookie', 'a=1; b=2'],
    });
    expect(headers).toMatchObject({ 'x-tag': 'one,two' });
    expect(headers).not.toHaveProperty('cookie');
    expect(cookies).toEqual(['a=1', 'b=2']);
  });

  it('carries the claims of the token as strings', async () => {
    const event = await eventOf('/orders/7');
    expect(event['requestContext']).toMatchObject({
      authorizer: {
        jwt: {
          claims: {
            sub: 'ada',
            email: 'ada@example.com',
            'cognito:groups': '[staff admin]',
            exp: expect.stringMatching(/^\d+$/),
          },
          scopes: null,
        },
      },
    });
  });

  it.each([
    ['application/json', '{"é":1}', '{"é":1}', false],
    ['text/plain; charset=utf-8', 'hi', 'hi', false],
    ['application/merge-patch+json', '{}', '{}', false],
    ['application/octet-stream', 'hi', 'aGk=', true],
    [undefined, 'hi', 'aGk=', true],
    ['application/json', Buffer.from([0x22, 0xff, 0x22]), 'Iv8i', true],
    ['application/json', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'Iu2ggCI=', true],
  ])('carries a body of type %s as AWS does', async (type, sent, body, isBase64Encoded) => {
    const headers = type === undefined ? [] : ['Content-Type', type];
    expect(await eventOf('/products', { method: 'POST', body: sent, headers })).toMatchObject({
      body,
      isBase64Encoded,
    });
  });
});
