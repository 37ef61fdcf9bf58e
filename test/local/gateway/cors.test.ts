// Pages of other origins: preflights, answers and errors, by the settings of the template.
import { expect, it } from 'vitest';
import { apiCors } from '../../../local/gateway/api.ts';
import { type CorsSettings, withCors } from '../../../local/gateway/cors.ts';
import type { Answer } from '../../../local/gateway/http-exchange.ts';
import { withLocalEndpoints } from '../../../local/gateway/local-endpoints.ts';
import { requestOf } from '../edge/fixture.ts';

const settings = apiCors([
  {
    path: 'api',
    stack: 'compute',
    logicalId: 'api',
    type: 'AWS::ApiGatewayV2::Api',
    properties: {
      ProtocolType: 'HTTP',
      CorsConfiguration: {
        AllowOrigins: ['http://localhost:*', 'https://shop.example'],
        AllowMethods: ['GET', 'POST'],
        AllowHeaders: ['authorization'],
        ExposeHeaders: ['etag'],
        MaxAge: 3_600,
      },
    },
  },
]) as CorsSettings;

const api: Answer = async ({ path }) => ({
  statusCode: path === '/orders' ? 200 : 404,
  headers: { vary: 'authorization', 'access-control-allow-origin': '*' },
});

const ask = (
  origin: string | undefined,
  method = 'GET',
  target = '/orders',
  headers = {},
  answer = withCors(api, settings),
) => answer(requestOf(target, { method, headers: { ...(origin !== undefined && { origin }), ...headers } }));

it.each(['http://localhost:5173', 'http://localhost', 'http://localhost:80', 'https://shop.example'])(
  'lets pages of %s read answers and errors',
  async (origin) => {
    for (const target of ['/orders', '/nowhere']) {
      expect((await ask(origin, 'GET', target)).headers).toEqual({
        vary: 'authorization, origin',
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'etag',
      });
    }
  },
);

it.each([
  'https://localhost:5173',
  'http://localhost.evil.example:80',
  'http://localhost:80.evil.example',
  'http://evil.example',
  'https://shop.example:8443',
  'null',
  undefined,
])('says nothing of the kind to %s', async (origin) => {
  expect((await ask(origin)).headers).toEqual({ vary: 'authorization, origin' });
});

it('answers a preflight without asking anybody, and says what may be sent', async () => {
  const preflight = { 'access-control-request-method': 'POST' };
  const never: Answer = () => Promise.reject(new Error('nobody is to be asked'));
  const answer = withCors(never, settings);
  expect(await ask('http://localhost:5173', 'OPTIONS', '/orders', preflight, answer)).toEqual({
    statusCode: 204,
    headers: {
      vary: 'origin',
      'access-control-allow-origin': 'http://localhost:5173',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'authorization',
      'access-control-max-age': '3600',
    },
  });
  expect(await ask('http://evil.example', 'OPTIONS', '/orders', preflight, answer)).toEqual({
    statusCode: 204,
    headers: { vary: 'origin' },
  });
});

it('holds for the endpoints of the local host as well', async () => {
  const local = withLocalEndpoints({ 'GET /local/status': async () => ({ statusCode: 200 }) }, api, settings);
  const { headers } = await ask('http://localhost:1', 'GET', '/local/status', {}, local);
  expect(headers).toMatchObject({ 'access-control-allow-origin': 'http://localhost:1' });
  const head = await ask(undefined, 'HEAD', '/local/status', {}, local);
  const other = await ask(undefined, 'DELETE', '/local/status', {}, local);
  expect([head.statusCode, other.statusCode, other.headers?.['allow']]).toEqual([200, 405, 'GET, HEAD, OPTIONS']);
});

it('lets the endpoints of the local host be asked for their methods, and say what every answer says', async () => {
  const local = withLocalEndpoints({ 'GET /local/status': async () => ({ statusCode: 200 }) }, api, settings);
  const options = await ask(undefined, 'OPTIONS', '/local/status', {}, local);
  expect([options.statusCode, options.headers?.['allow']]).toEqual([204, 'GET, HEAD, OPTIONS']);
  expect((await ask(undefined, 'OPTIONS', '/local/nothing', {}, local)).statusCode).toBe(404);
  for (const method of ['GET', 'OPTIONS', 'PUT']) {
    const { headers } = await ask(undefined, method, '/local/status', {}, local);
    expect(headers).toMatchObject({ 'x-correlation-id': expect.any(String), 'x-content-type-options': 'nosniff' });
  }
});
