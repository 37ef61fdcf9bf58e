// HTTP as clients that know nothing of us expect it: HEAD, pages of other origins, security headers, the page for people.
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, inject, test } from 'vitest';
import { shop } from '../../lambdas/shop/shop.ts';
import { routesOf } from '../../lambdas/spine/manifest/routes.ts';
import { ApiClient } from '../support/api-client.ts';
import { untilIdle } from '../support/idle.ts';
import { expectProblem } from '../support/problems.ts';
import { placeOrder, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff, tokenFor } from '../support/sign-in.ts';
import { onLocalHost } from '../support/target.ts';

const routes = routesOf(shop);

const { apiUrl } = inject('target');
const anyone = new ApiClient(apiUrl);
const staff = await signInStaff(anyone);
const { api: customer } = await newCustomer(anyone);
const product = await stockProduct(staff);
const order = await placeOrder(customer, product);
await untilIdle(anyone);

const pathOf = (pattern: string): string =>
  pattern.replace('{orderId}', order.orderId).replace('{sku}', product.sku).replace('{customerId}', 'me');

const changing = [
  'age',
  'apigw-requestid',
  'connection',
  'keep-alive',
  'content-length',
  'content-encoding',
  'date',
  'etag',
  'x-cache',
  'x-correlation-id',
];
const comparable = (headers: Headers) =>
  Object.fromEntries([...headers].filter(([name]) => !changing.includes(name) && !name.startsWith('x-amz')));
const opaque = (headers: Headers) => headers.get('etag')?.replace('W/', '');

const reads = routes.flatMap(({ key }) => (key.startsWith('GET ') ? [key.slice('GET '.length)] : []));
const queries = reads.filter((path) => !path.startsWith('/ops/'));

test.each(queries)('HEAD %s says what GET does, without the body', async (pattern) => {
  const [get, head] = [await customer.get(pathOf(pattern)), await customer.send('HEAD', pathOf(pattern))];
  expect([head.status, head.body]).toEqual([200, undefined]);
  expect(get.status).toBe(200);
  expect(comparable(head.headers)).toEqual(comparable(get.headers));
  expect(opaque(head.headers)).toBe(opaque(get.headers));
});

test('what operators see is for admins, and of its moment', async () => {
  const admin = anyone.as(await tokenFor(anyone, { sub: 'root', groups: ['admin'] }));
  expect([(await staff.get('/ops/pipeline')).status, (await anyone.get('/ops/pipeline')).status]).toEqual([403, 401]);
  const { status, headers } = await admin.send('HEAD', '/ops/pipeline');
  expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-store']);
});

test('HEAD is refused as GET is', async () => {
  expect((await anyone.send('HEAD', order.path)).status).toBe(401);
  expect((await customer.send('HEAD', '/orders/A')).status).toBe(404);
  expect((await customer.send('HEAD', '/products?limit=0')).status).toBe(400);
  expect((await customer.send('HEAD', '/orders')).status).toBe(405);
});

test('what is refused is refused by the cache too', async () => {
  for (let times = 0; times < 2; times += 1) expect((await anyone.get('/products')).status).toBe(200);
  for (const id of ['two words', 'x'.repeat(129)]) {
    const answer = await anyone.get('/products', { 'x-correlation-id': id });
    const { errors } = expectProblem(answer, 400, 'validation_failed');
    expect(errors?.map(({ pointer }) => pointer)).toEqual(['/headers/x-correlation-id']);
  }
});

test('every answer tells browsers to protect themselves, once', async () => {
  const answers = [
    await anyone.get('/health'),
    await anyone.get('/nowhere'),
    await customer.get('/orders/A'),
    await customer.post('/orders', {}),
  ];
  for (const { headers } of answers) {
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
  }
});

test('the page for people is HTML that may load nothing, and comes from memory', async () => {
  const { status, headers, body } = await anyone.get<string>('/docs');
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(headers.get('cache-control')).toMatch(/max-age=300/);
  expect(body).toContain('/orders/{orderId}/cancel');
  const again = await anyone.get('/docs', { 'if-none-match': headers.get('etag') ?? '' });
  expect([again.status, again.body]).toEqual([304, undefined]);
});

onLocalHost.describe('a page of this machine', () => {
  const origin = 'http://localhost:5173';

  test.each(['http://localhost:5173', 'http://127.0.0.1:8080'])('at %s reads answers and errors', async (page) => {
    const calls = [
      () => anyone.get('/products', { origin: page }),
      () => anyone.get('/products', { origin: page }),
      () => customer.post('/orders', {}, { origin: page }),
      () => anyone.get(order.path, { origin: page }),
      () => anyone.get('/nowhere', { origin: page }),
      () => anyone.get('/local/status', { origin: page }),
    ];
    for (const call of calls) {
      const { headers } = await call();
      expect(headers.get('access-control-allow-origin')).toBe(page);
      expect(headers.get('access-control-expose-headers')).toMatch(/\bconsistency-token\b/);
      expect(headers.get('vary')).toMatch(/\borigin\b/);
    }
  });

  test.each(['/orders', '/products', '/local/token', '/nowhere'])('may ask before it calls %s', async (path) => {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,idempotency-key',
    };
    const answer = await anyone.send('OPTIONS', path, { headers });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-allow-methods')).toMatch(/\bPOST\b/);
    expect(answer.headers.get('access-control-allow-headers')).toMatch(/authorization.*idempotency-key/);
  });

  test('is told apart from the others', async () => {
    const { headers } = await anyone.get('/products', { origin: 'https://localhost.example' });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

onLocalHost.test('a request in absolute form, and one for everything, get an answer', async () => {
  const { port, host } = new URL(apiUrl);
  const ask = (line: string) => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`${line} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    return text(socket);
  };
  expect(await ask(`GET http://${host}/health`)).toMatch(/^HTTP\/1.1 200 [\s\S]*"ok"/);
  expect(await ask('OPTIONS *')).toMatch(/^HTTP\/1.1 204 [\s\S]*\r\nallow: GET, HEAD, OPTIONS, POST\r\n/);
  expect(await ask('GET *')).toMatch(/^HTTP\/1.1 400 /);
});
