import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ShopApi, succeeded } from '../../../lib/deployment/shop-api.ts';

let server: Server;
let api: ShopApi;
let statuses: number[];
let requests: IncomingHttpHeaders[];

beforeEach(async () => {
  statuses = [];
  requests = [];
  server = createServer((request, response) => {
    requests.push(request.headers);
    response.writeHead(statuses.shift() ?? 200, { 'content-type': 'application/json' }).end('{"sku":"A"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  api = new ShopApi(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'token');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

it('asks a throttled or unavailable API again, with the same key', async () => {
  statuses = [429, 503];
  expect(await api.post('/products', {}, 'key')).toMatchObject({ status: 200, body: { sku: 'A' } });
  expect(requests.map((headers) => headers['idempotency-key'])).toEqual(['key', 'key', 'key']);
  expect(requests[2]).toMatchObject({ authorization: 'Bearer token', 'content-type': 'application/json' });
});

it('repeats no command without a key: it may have been done', async () => {
  statuses = [503];
  expect((await api.post('/products', {})).status).toBe(503);
  expect(requests).toHaveLength(1);
});

it('hands on what is refused', async () => {
  statuses = [409];
  const answer = await api.post('/products', {}, 'key');
  expect(answer.status).toBe(409);
  expect(() => succeeded('/products', answer)).toThrow('/products should succeed; it answered 409: {"sku":"A"}');
});

it('says that nothing answers', async () => {
  await expect(new ShopApi('http://127.0.0.1:1').get('/health')).rejects.toThrow(
    /127.0.0.1:1\/health cannot be reached/,
  );
});
