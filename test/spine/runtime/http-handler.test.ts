import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { type Endpoint, publicEndpoint } from '../../../lambdas/spine/http/endpoint.ts';
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import type { Operation } from '../../../lambdas/spine/http/operation.ts';
import { isText } from '../../../lambdas/spine/http/request/text.ts';
import { jsonResponse } from '../../../lambdas/spine/http/response.ts';
import { NewerEventError } from '../../../lambdas/spine/kernel/errors.ts';
import { logger } from '../../../lambdas/spine/runtime/logger.ts';

const operation = {
  route: 'POST /products',
  summary: '',
  access: 'public',
  path: z.strictObject({}),
  body: z.strictObject({ name: z.string(), lines: z.array(z.strictObject({ quantity: z.int() })).optional() }),
  success: { status: 200, schema: z.unknown() },
  problems: [],
} as const satisfies Operation;

/** Of the whole API, in which other functions have their part. */
const routes = [
  'POST /products',
  'GET /products',
  'HEAD /products',
  'GET /products/{sku}',
  'HEAD /products/{sku}',
  'POST /orders',
  'POST /orders/{orderId}/cancel',
  'GET /health',
  'HEAD /health',
];

const echo = publicEndpoint(operation, async ({ body }) => jsonResponse(200, body));

const event = (changes: Partial<APIGatewayProxyEventV2> = {}): APIGatewayProxyEventV2 =>
  ({
    routeKey: 'POST /products',
    rawPath: '/products',
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    requestContext: { http: { method: 'POST', path: '/products' } },
    body: '{"name":"x"}',
    isBase64Encoded: false,
    ...changes,
  }) as APIGatewayProxyEventV2;

async function answer(request: APIGatewayProxyEventV2, endpoint: Endpoint = echo, originSecret?: string) {
  const { body, ...response } = await httpHandler([endpoint], originSecret, routes)(request, {} as Context);
  return { ...response, json: JSON.parse(body ?? 'null') };
}

it('answers with a correlation id: the caller’s, or one of its own', async () => {
  const given = await answer(event({ headers: { 'content-type': 'application/json', 'x-correlation-id': 'abc' } }));
  expect(given.headers?.['x-correlation-id']).toBe('abc');
  expect((await answer(event())).headers?.['x-correlation-id']).toMatch(/^[0-9A-Z]{26}$/);
});

it('asks to come back when newer code wrote what this code cannot read', async () => {
  const endpoint = publicEndpoint(operation, () => Promise.reject(new NewerEventError('OrderPlaced 2.0.0')));
  const response = await answer(event(), endpoint);
  expect(response).toMatchObject({ statusCode: 503, json: { code: 'unavailable' } });
  expect(response.headers?.['retry-after']).toBe('2');
  expect(JSON.stringify(response.json)).not.toContain('OrderPlaced');
});

it('reads a body that came in base64', async () => {
  const body = Buffer.from('{"name":"ü"}').toString('base64');
  expect((await answer(event({ body, isBase64Encoded: true }))).json).toEqual({ name: 'ü' });
});

it('names what the function checks of every query beside the mistakes in the schema', async () => {
  const check = ({ q }: { readonly q?: unknown }) => (q === 'moon' ? [{ pointer: '/query/q', detail: 'is far' }] : []);
  const { body: _, ...queryOperation } = operation;
  const search = publicEndpoint(
    { ...queryOperation, query: z.strictObject({ q: z.string(), limit: z.coerce.number() }) },
    async ({ query }) => jsonResponse(200, query),
  );
  const ask = async (rawQueryString: string) => {
    const handler = httpHandler([search], undefined, routes, check);
    const { statusCode, body } = await handler(event({ rawQueryString }), {} as Context);
    return { statusCode, pointers: JSON.parse(body ?? '').errors?.map(({ pointer }: { pointer: string }) => pointer) };
  };
  expect(await ask('q=sun&limit=1')).toEqual({ statusCode: 200 });
  expect(await ask('q=moon&limit=1')).toEqual({ statusCode: 400, pointers: ['/query/q'] });
  expect(await ask('q=moon&limit=x')).toEqual({ statusCode: 400, pointers: ['/query/limit', '/query/q'] });
});

it('names every mistake of a request by its pointer', async () => {
  const response = await answer(
    event({
      body: '{"lines":[{"quantity":0.5}],"a/b":1}',
      rawQueryString: 'q=1',
      headers: { 'content-type': 'application/json', 'if-match': '3' },
    }),
  );
  expect(response.statusCode).toBe(400);
  expect(response.headers?.['content-type']).toBe('application/problem+json');
  expect(response.json).toMatchObject({
    type: 'urn:eventspine:problem:validation_failed',
    title: 'Validation failed',
    status: 400,
    code: 'validation_failed',
    instance: '/products',
  });
  const pointers = response.json.errors.map(({ pointer }: { pointer: string }) => pointer);
  expect(pointers.sort()).toEqual([
    '/body/a~1b',
    '/body/lines/0/quantity',
    '/body/name',
    '/headers/if-match',
    '/query/q',
  ]);
});

it.each([
  ['a body over 64 KB', { body: JSON.stringify({ name: 'x'.repeat(65 * 1024) }) }, 413, 'payload_too_large'],
  ['a body that is not JSON', { headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media_type'],
  [
    'JSON of another charset',
    { headers: { 'content-type': 'application/json; charset=iso-8859-1' } },
    415,
    'unsupported_media_type',
  ],
  ['half of a surrogate pair', { body: '{"name":"\\ud800"}' }, 400, 'validation_failed'],
  ['broken JSON', { body: '{' }, 400, 'validation_failed'],
  ['no body', { body: undefined }, 400, 'validation_failed'],
  [
    'bytes that are no UTF-8',
    { body: Buffer.from([0x22, 0xff, 0x22]).toString('base64'), isBase64Encoded: true },
    400,
    'validation_failed',
  ],
  ['a correlation id with a blank', { headers: { 'x-correlation-id': 'a b' } }, 400, 'validation_failed'],
  ['a path without a route', { routeKey: '$default', rawPath: '/nowhere' }, 404, 'not_found'],
])('refuses %s', async (_, changes, status, code) => {
  const response = await answer(event(changes as Partial<APIGatewayProxyEventV2>));
  expect([response.statusCode, response.json.code]).toEqual([status, code]);
  expect(response.headers?.['x-correlation-id']).toMatch(/^[0-9A-Z]{26}$/);
});

it.each([
  ['a long name', `{"${'k'.repeat(32_000)}":[${'"\\u0000",'.repeat(3_500)}0]}`],
  ['depth', `{"a":${'["\\u0000",'.repeat(5_000)}0${']'.repeat(5_000)}}`],
])('does not tell of thousands of mistakes below %s at the length of all their pointers', async (_, body) => {
  const response = await answer(event({ body }));
  expect(response.statusCode).toBe(400);
  expect(JSON.stringify(response.json).length).toBeLessThan(2 * body.length);
});

const routed = (method: string, path: string, headers = {}) =>
  event({
    routeKey: '$default',
    rawPath: path,
    headers,
    requestContext: { http: { method, path } } as APIGatewayProxyEventV2['requestContext'],
  });

it.each([
  ['DELETE', '/orders', 'OPTIONS, POST'],
  ['GET', '/orders/A/cancel', 'OPTIONS, POST'],
  ['PUT', '/products', 'GET, HEAD, OPTIONS, POST'],
  ['PATCH', '/products/A-1', 'GET, HEAD, OPTIONS'],
  ['POST', '/health', 'GET, HEAD, OPTIONS'],
])('answers %s %s with the methods that the path has', async (method, path, allow) => {
  const response = await answer(routed(method, path));
  expect([response.statusCode, response.json.code]).toEqual([405, 'method_not_allowed']);
  expect(response.headers?.['allow']).toBe(allow);
  const options = await answer(routed('OPTIONS', path));
  expect([options.statusCode, options.headers?.['allow'], options.json]).toEqual([204, allow, null]);
});

it.each(['/nowhere', '/', '/orders/', '/products/', '/products//price'])('knows no method of %s', async (path) => {
  expect((await answer(routed('PUT', path))).statusCode).toBe(404);
  expect((await answer(routed('OPTIONS', path))).statusCode).toBe(404);
  // A preflight has to succeed, or the page could not read the 404 that follows it.
  expect((await answer(routed('OPTIONS', path, { 'access-control-request-method': 'GET' }))).statusCode).toBe(204);
});

it('answers HEAD with the headers of GET and nothing else', async () => {
  const { body: _, ...query } = operation;
  const health = publicEndpoint({ ...query, route: 'GET /health' }, async () =>
    jsonResponse(200, { status: 'ok' }, { etag: '"1"' }),
  );
  const request = (method: string) => ({
    ...routed(method, '/health', { 'x-correlation-id': 'c' }),
    routeKey: `${method} /health`,
    pathParameters: {},
  });
  const { json: shown, ...get } = await answer(request('GET'), health);
  const { json: hidden, ...head } = await answer(request('HEAD'), health);
  expect([shown, hidden]).toEqual([{ status: 'ok' }, null]);
  expect(head).toEqual(get);
  const refused = await answer({ ...request('HEAD'), rawQueryString: 'q=1' }, health);
  expect([refused.statusCode, refused.json]).toEqual([400, null]);
});

it('reads no header of commands in a query, so that a cache answers it the same', async () => {
  const { body: _, ...query } = operation;
  const health = publicEndpoint({ ...query, route: 'GET /health' }, async () => jsonResponse(200, {}));
  const headers = { 'if-match': 'no tag', 'idempotency-key': 'a b', 'content-encoding': 'gzip' };
  const request = { ...routed('GET', '/health', headers), routeKey: 'GET /health', pathParameters: {} };
  expect((await answer(request, health)).statusCode).toBe(200);
});

it('tells browsers to protect themselves with every answer, whatever it says', async () => {
  const refused = event({ headers: {} });
  const missing = routed('GET', '/nowhere');
  for (const request of [event(), refused, missing, routed('OPTIONS', '/orders')]) {
    expect((await answer(request)).headers).toMatchObject({
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
  }
});

const failing = (error: Error): Endpoint => ({
  operation,
  answer: () => Promise.reject(error),
});

it('tells nothing of an unexpected error but that it happened', async () => {
  const response = await answer(event(), failing(new TypeError('secret detail')));
  expect(response.statusCode).toBe(500);
  expect(JSON.stringify(response)).not.toContain('secret');
  expect(response.json.code).toBe('internal_error');
});

it('asks the caller to come back when a service is throttled or does not answer', async () => {
  const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
  const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', name: 'TimeoutError' });
  for (const error of [throttled, refused]) {
    const response = await answer(event(), failing(error));
    expect([response.statusCode, response.json.code]).toEqual([503, 'unavailable']);
    expect(response.headers?.['retry-after']).toBe('2');
  }
});

const versionAsked = publicEndpoint(operation, async ({ headers }) => jsonResponse(200, headers['if-match'] ?? null));

it.each([
  ['"5"', [5]],
  ['"5.2"', [5]],
  ['"5", "7" ,"9.3"', [5, 7, 9]],
  [', "5",, "7",', [5, 7]],
  ['*', 'any'],
  // A strong comparison: weak tags never match (RFC 9110, section 13.1.1).
  ['W/"5"', []],
  ['W/"5", "6"', [6]],
  // Well formed, but of nothing that we ever sent.
  ['"one"', []],
  ['"-1"', []],
  ['"a,b"', []],
  ['"1234567890123456"', []],
])('reads the versions in an If-Match of %s', async (ifMatch, versions) => {
  const headers = { 'content-type': 'application/json', 'if-match': ifMatch };
  expect((await answer(event({ headers }), versionAsked)).json).toEqual(versions);
});

it.each(['5', '"5', 'w/"5"', 'W/5', '', ' ', '"5" "6"', '*, "5"', '"5", x'])(
  'refuses an If-Match of %j',
  async (ifMatch) => {
    const headers = { 'content-type': 'application/json', 'if-match': ifMatch };
    expect((await answer(event({ headers }), versionAsked)).json.errors).toMatchObject([
      { pointer: '/headers/if-match' },
    ]);
  },
);

it.each(['gzip', 'br', 'identity, gzip', 'deflate'])('refuses a body in the coding %s', async (coding) => {
  const headers = { 'content-type': 'application/json', 'content-encoding': coding };
  const response = await answer(event({ headers, body: 'H4sIAAA=', isBase64Encoded: true }));
  expect([response.statusCode, response.json.code]).toEqual([415, 'unsupported_media_type']);
  expect(response.headers?.['accept-encoding']).toBe('identity');
});

it('takes a body whose coding is called identity', async () => {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'Identity' };
  expect((await answer(event({ headers }))).statusCode).toBe(200);
});

const free = publicEndpoint(
  { ...operation, path: z.looseObject({}), query: z.looseObject({}), body: z.looseObject({}) },
  async ({ body }) => jsonResponse(200, body),
);

it('takes any text, and gives it back as it came', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }).filter(isText), async (name) => {
      const request = event({ body: JSON.stringify({ name }), pathParameters: { name } });
      expect((await answer(request, free)).json).toEqual({ name });
    }),
    { numRuns: 50 },
  );
});

it('refuses NUL and halves of surrogate pairs wherever they stand, and says where', async () => {
  const response = await answer(
    event({
      body: '{"name":"a\\u0000","deep":[{"er":"\\udc00x"}],"fine":"😀"}',
      rawQueryString: 'q=%00&fine=%F0%9F%98%80',
      pathParameters: { id: 'a\0' },
    }),
    free,
  );
  expect(response.statusCode).toBe(400);
  const pointers = response.json.errors.map(({ pointer }: { pointer: string }) => pointer);
  expect(pointers.sort()).toEqual(['/body/deep/0/er', '/body/name', '/path/id', '/query/q']);
});

it('survives a body as deep as it may be long', async () => {
  const taking = publicEndpoint(free.operation, async () => jsonResponse(200, {}));
  const response = await answer(event({ body: `{"name":${'['.repeat(30_000)}${']'.repeat(30_000)}}` }), taking);
  expect(response.statusCode).toBe(200);
});

describe('behind an edge', () => {
  const json = { 'content-type': 'application/json' };
  const seen: APIGatewayProxyEventV2['headers'][] = [];
  const watching: Endpoint = {
    operation,
    answer: async ({ headers }) => {
      seen.push({ ...headers });
      return jsonResponse(200, {});
    },
  };
  beforeEach(() => {
    seen.length = 0;
  });

  it('lets a request with the secret through, and hides the secret from all that follows', async () => {
    const response = await answer(event({ headers: { ...json, 'x-origin-secret': 's3cret' } }), watching, 's3cret');
    expect(response.statusCode).toBe(200);
    expect(seen).toEqual([{ ...json, 'x-correlation-id': expect.any(String) }]);
  });

  it.each([
    ['no secret', {}],
    ['an empty one', { 'x-origin-secret': '' }],
    ['another one', { 'x-origin-secret': 's3creT' }],
    ['a part of it', { 'x-origin-secret': 's3cre' }],
    ['more than it', { 'x-origin-secret': 's3cret,s3cret' }],
  ])('refuses a request with %s before it looks at anything else of it', async (_, headers) => {
    const hopeless = event({ headers: { ...headers, 'x-correlation-id': 'a b' }, routeKey: '$default', body: '{' });
    const response = await answer(hopeless, watching, 's3cret');
    expect([response.statusCode, response.json.code]).toEqual([403, 'forbidden']);
    expect(response.json.detail).toContain('edge');
    expect(response.headers?.['cache-control']).toBe('no-store');
    expect(response.headers?.['x-correlation-id']).toMatch(/^[0-9A-Z]{26}$/);
    expect(seen).toEqual([]);
  });

  it('logs no request as a whole, even when the environment asks for it', async () => {
    const lines: unknown[] = [];
    const info = vi.spyOn(logger, 'info').mockImplementation((...line) => void lines.push(line));
    vi.spyOn(logger, 'getLogEvent').mockReturnValue(true);
    await answer(event({ headers: { ...json, 'x-origin-secret': 's3cret' } }), watching, 's3cret');
    await answer(event({ headers: { 'x-origin-secret': 'guessed' } }), watching, 's3cret');
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toMatch(/s3cret|guessed/);
    info.mockRestore();
  });
});

it('takes the secret’s header out on a stage without an edge too, and lets everyone in', async () => {
  const headers = { 'content-type': 'application/json', 'x-origin-secret': 'made up' };
  const request = event({ headers });
  expect((await answer(request)).statusCode).toBe(200);
  expect(request.headers).not.toHaveProperty('x-origin-secret');
});
