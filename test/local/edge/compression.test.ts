// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { hit, miss, startEdge } from './fixture.ts';

const text = JSON.stringify({ products: Array(40).fill({ sku: 'WALNUT-DESK', name: 'Walnut desk' }) });
const kept = { etag: '"1"', 'cache-control': 's-maxage=60' };
const json = { ...kept, 'content-type': 'application/json; charset=utf-8' };
const compressing = { distribution: {}, behavior: { Compress: true } };
const start = (headers: Record<string, string> = json, body = text, statusCode = 200, changes = compressing) =>
  startEdge(() => ({ statusCode, headers, body }), changes);

const decompressed = { br: brotliDecompressSync, gzip: gunzipSync };

it.each([
  ['gzip', 'gzip'],
  ['br', 'br'],
  ['gzip, deflate, br', 'br'],
  ['gzip;q=1.0, br;q=0', 'gzip'],
] as const)(
  'compresses for who sends Accept-Encoding: %s by %s, from the origin and from the cache',
  async (accepted, coding) => {
    const { get, asked } = start();
    for (const xCache of [miss, hit]) {
      const answer = await get('/products', { 'accept-encoding': accepted });
      expect(answer.xCache).toBe(xCache);
      expect(answer.headers).toMatchObject({ 'content-encoding': coding, etag: 'W/"1"' });
      expect(decompressed[coding](Buffer.from(answer.body ?? '', 'base64')).toString()).toBe(text);
    }
    expect(asked).toHaveLength(1);
  },
);

it.each([
  ['without Accept-Encoding', {}, json, text, 200],
  ['for codings that CloudFront has not', { 'accept-encoding': 'deflate, zstd' }, json, text, 200],
  ['of less than 1,000 bytes', { 'accept-encoding': 'br' }, json, '{}', 200],
  [
    'of a type that is not on the list',
    { 'accept-encoding': 'br' },
    { ...kept, 'content-type': 'application/problem+json' },
    text,
    200,
  ],
  ['that is compressed already', { 'accept-encoding': 'br' }, { ...json, 'content-encoding': 'zstd' }, text, 200],
  ['of another status', { 'accept-encoding': 'br' }, json, text, 201],
] as const)('leaves an answer %s as it is', async (_, request, headers, body, status) => {
  const { get } = start(headers, body, status);
  const answer = await get('/products', request);
  expect([answer.headers['etag'], answer.body]).toEqual(['"1"', body]);
});

it('leaves all as it is where the behaviour, or the caching, is off', async () => {
  const accepted = { 'accept-encoding': 'br' };
  const off = start(json, text, 200, { distribution: {}, behavior: { Compress: false } });
  expect((await off.get('/products', accepted)).body).toBe(text);
  expect((await start().get('/not-cached', accepted)).body).toBe(text);
});

it('tells who has it that nothing has changed, by the weak tag', async () => {
  const { get } = start();
  const accepted = { 'accept-encoding': 'br' };
  for (const tag of ['W/"1"', '"1"']) {
    const answer = await get('/products', { ...accepted, 'if-none-match': tag });
    expect([answer.status, answer.headers['etag'], answer.body]).toEqual([304, 'W/"1"', undefined]);
    expect(answer.headers).not.toHaveProperty('content-encoding');
  }
});

it('keeps an object for each choice of codings, in the form in which the origin is asked', async () => {
  const { get, asked } = start();
  await get('/products', { 'accept-encoding': 'gzip, deflate, br' });
  expect((await get('/products', { 'accept-encoding': 'br;q=0.5, gzip' })).xCache).toBe(hit);
  expect((await get('/products', { 'accept-encoding': 'gzip' })).xCache).toBe(miss);
  expect((await get('/products', { 'accept-encoding': 'identity' })).xCache).toBe(miss);
  expect((await get('/products')).xCache).toBe(hit);
  expect(asked.map(({ headers }) => headers['accept-encoding'])).toEqual(['br,gzip', 'gzip', undefined]);
});

it('answers HEAD without a body and uncompressed', async () => {
  const { get } = startEdge(() => ({ statusCode: 200, headers: json }), compressing);
  expect(await get('/products', { 'accept-encoding': 'br' }, { method: 'HEAD' })).toMatchObject({
    body: undefined,
    headers: { etag: '"1"' },
  });
});
