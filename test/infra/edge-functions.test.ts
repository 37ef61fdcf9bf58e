import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { deploymentOf } from './deployment.ts';

type Headers = Record<string, { value: string; multiValue?: { value: string }[] }>;
interface Message {
  readonly uri?: string;
  readonly statusCode?: number;
  readonly body?: string;
  readonly headers: Headers;
}

const local = deploymentOf('local');
const codeOf = (name: string): string => String(local.at(`edge/${name}`).properties['FunctionCode']);
const context = { requestId: 'EXAMPLEntjQpEXAMPLE_SG5Z-EXAMPLEPmPfEXAMPLEu3EqEXAMPLE==' };

/** Runs the code of the template; what comes back is copied, as it is made of another realm's objects. */
const run = (name: string, event: object): Message =>
  JSON.parse(JSON.stringify(runInNewContext(`${codeOf(name)}; handler(event)`, { event: { context, ...event } })));

const headersOf = (headers: Record<string, string>): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));

const viewer = { ip: '203.0.113.7' };
const asked = (uri: string, headers: Record<string, string> = {}): Message =>
  run('viewer-request', { viewer, request: { uri, headers: headersOf(headers) } });
const requested = (headers: Record<string, string>): Headers => asked('/orders', headers).headers;
const address = { 'x-viewer-address': { value: viewer.ip } };

const responded = (headers: Headers, request: Record<string, string> = {}): Headers =>
  run('viewer-response', { request: { headers: headersOf(request) }, response: { statusCode: 200, headers } }).headers;

describe('the function for requests', () => {
  it('gives a request without a correlation id one', () => {
    expect(requested({ accept: 'application/json' })).toEqual({
      accept: { value: 'application/json' },
      ...address,
      'x-correlation-id': { value: context.requestId },
    });
  });

  it('leaves a well-formed id as it is', () => {
    expect(requested({ 'x-correlation-id': 'checkout-7' })).toMatchObject({
      'x-correlation-id': { value: 'checkout-7' },
    });
  });

  it.each(['two words', '', 'x'.repeat(129), 'naïve'])(
    'refuses the id "%s" as the API does, whatever the cache has',
    (id) => {
      const { statusCode, headers, body } = asked('/products', { 'x-correlation-id': id });
      expect({ statusCode, headers }).toMatchObject({
        statusCode: 400,
        headers: {
          'content-type': { value: 'application/problem+json' },
          'x-correlation-id': { value: context.requestId },
        },
      });
      expect(JSON.parse(body ?? '')).toMatchObject({
        code: 'validation_failed',
        instance: '/products',
        errors: [{ pointer: '/headers/x-correlation-id' }],
      });
    },
  );

  it('tells the API the viewer’s address, whatever the viewer says of it', () => {
    expect(requested({ 'x-viewer-address': '198.51.100.1' })).toMatchObject(address);
  });

  it.each([
    '/products/%2Forders',
    '/products/a%2fb',
    '/products/a%5Cb',
    '/products/a%5cb',
    '/products\\..\\orders',
    '/products/../orders/01J',
    '/products/./ANVIL',
    '/products/%2e%2E/orders/01J',
    '/products/.%2e/orders/01J',
    '/products/..',
    '/products/%2e',
    '/..',
  ])('refuses %s, which edge and API could read in two ways', (uri) => {
    const { statusCode, headers, body } = asked(uri, { 'x-correlation-id': 'checkout-7' });
    expect({ statusCode, headers }).toEqual({
      statusCode: 400,
      headers: headersOf({
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        'x-correlation-id': 'checkout-7',
      }),
    });
    expect(JSON.parse(body ?? '')).toMatchObject({ status: 400, code: 'validation_failed', instance: uri });
  });

  it.each([
    '/',
    '/products',
    '/products/',
    '/products/ANVIL-2',
    '/customers/auth0%7C5f7c8ec7c33c6c004bbafe82/orders',
    '/customers/a.b..c/orders',
    '/customers/...hidden/orders',
    '/customers/%C3%A9%20%252F/orders',
    '/.well-known/x',
  ])('passes %s on as it is', (uri) => {
    expect(asked(uri)).toMatchObject({ uri });
  });
});

describe('the function for answers', () => {
  const correlation = { 'x-correlation-id': { value: context.requestId } };

  it.each([
    [
      'of a caller',
      'max-age=0, s-maxage=60, must-revalidate, stale-if-error=0',
      'authorization',
      'private, max-age=0, must-revalidate, stale-if-error=0',
    ],
    [
      'of a caller that never changes',
      'max-age=31536000, s-maxage=60, immutable',
      'authorization',
      'private, max-age=31536000, immutable',
    ],
    [
      'for everybody',
      'public, max-age=0, s-maxage=60, stale-if-error=300',
      '',
      'public, max-age=0, stale-if-error=300',
    ],
    ['for everybody that is not ours to purge', 'public, max-age=300', '', 'public, max-age=300'],
    ['that is private already', 'private, no-cache', 'Authorization', 'private, no-cache'],
    ['that is not to be kept', 'no-store', '', 'no-store'],
    ['in capitals', 'Max-Age=0, S-MaxAge=60', 'Accept-Encoding, Authorization', 'private, Max-Age=0'],
  ])('tells the viewer of an answer %s nothing that is for the edge', (_what, cacheControl, vary, seen) => {
    const headers = headersOf({
      'cache-control': cacheControl,
      vary,
      'cache-tag': 'order-1, order-detail',
      etag: '"5"',
    });
    expect(responded(headers)).toEqual({
      'cache-control': { value: seen },
      vary: { value: vary },
      etag: { value: '"5"' },
      ...correlation,
    });
  });

  it('sees that an answer is a caller’s when CloudFront added a line to what it varies by', () => {
    const vary = { value: 'Accept-Encoding', multiValue: [{ value: 'Accept-Encoding' }, { value: 'authorization' }] };
    const { 'cache-control': seen } = responded({ 'cache-control': { value: 'max-age=0, s-maxage=60' }, vary });
    expect(seen).toEqual({ value: 'private, max-age=0' });
  });

  it('leaves no Cache-Control when the edge’s lifetime was all of it', () => {
    expect(responded(headersOf({ 'cache-control': 's-maxage=60' }))).toEqual(correlation);
  });

  it('leaves an answer without Cache-Control without one', () => {
    expect(responded({})).toEqual(correlation);
  });

  it('shows the id of the request that asks, not of the one that the answer was made for', () => {
    const kept = () => headersOf({ 'x-correlation-id': 'of-another-request' });
    expect(responded(kept(), { 'x-correlation-id': 'checkout-7' })).toEqual(
      headersOf({ 'x-correlation-id': 'checkout-7' }),
    );
    expect(responded(kept())).toEqual(correlation);
  });

  it.each(['', 'two words', 'x'.repeat(129), 'naïve'])('shows the edge’s own id when the request’s is "%s"', (id) => {
    expect(responded({}, { 'x-correlation-id': id })).toEqual(correlation);
  });
});

describe('both', () => {
  it.each(['viewer-request', 'viewer-response'])(
    '%s runs on JavaScript 2.0 and fits into what CloudFront takes',
    (name) => {
      expect(local.at(`edge/${name}`).properties['FunctionConfig']).toMatchObject({ Runtime: 'cloudfront-js-2.0' });
      expect(Buffer.byteLength(codeOf(name))).toBeLessThan(10 * 1024);
    },
  );
});
