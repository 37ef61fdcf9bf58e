import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HttpResponse } from '../../../../local/gateway/http-exchange.ts';
import { error, hit, miss, refreshHit, startEdge } from './fixture.ts';

const kept = (seconds = 60) => ({
  'cache-control': `max-age=0, s-maxage=${seconds}, must-revalidate, stale-if-error=0`,
});
const answer = (headers: Record<string, string> = {}, body = '{}'): HttpResponse => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json', etag: '"5"', ...kept(), ...headers },
  body,
});
/** A new body each time. */
const counting = (headers?: Record<string, string>) => (_: unknown, count: number) => answer(headers, `body ${count}`);
const notModified = (etag = '"5"', headers = kept()): HttpResponse => ({
  statusCode: 304,
  headers: { etag, ...headers },
});

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 }));
afterEach(() => void vi.useRealTimers());
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

describe('an answer that may be kept', () => {
  it('comes from the origin once, then from the edge, with its age', async () => {
    const { get, asked } = startEdge(counting());
    expect(await get('/products')).toMatchObject({ status: 200, xCache: miss, body: 'body 1' });
    pass(7);
    const again = await get('/products');
    expect(again).toMatchObject({ status: 200, xCache: hit, body: 'body 1' });
    expect(again.headers).toMatchObject({ age: '7', etag: '"5"', 'content-type': 'application/json', ...kept() });
    expect(asked).toHaveLength(1);
  });

  it('is another one for another path, query, or Authorization where that tells objects apart', async () => {
    const { get, asked } = startEdge(counting());
    const targets = ['/products', '/products?limit=1', '/products?limit=1&cursor=a', '/products?cursor=a&limit=1'];
    for (const target of targets) expect((await get(target)).xCache).toBe(miss);
    for (const target of targets) expect((await get(target)).xCache).toBe(hit);
    const ada = { authorization: 'Bearer ada' };
    const bob = { authorization: 'Bearer bob' };
    expect((await get('/orders/7', ada)).body).toBe('body 5');
    expect((await get('/orders/7', bob)).body).toBe('body 6');
    expect(await get('/orders/7', ada)).toMatchObject({ xCache: hit, body: 'body 5' });
    expect((await get('/orders/7')).xCache).toBe(miss);
    expect(await get('/products', ada)).toMatchObject({ xCache: hit, body: 'body 1' });
    expect(asked).toHaveLength(7);
  });

  it('is not kept for longer than the policy allows', async () => {
    const { get } = startEdge(counting(), { cachePolicy: { MaxTTL: 10 } });
    await get('/products');
    pass(9);
    expect((await get('/products')).xCache).toBe(hit);
    pass(1);
    expect((await get('/products')).xCache).toBe(miss);
  });

  it('is not asked for anew when the viewer wishes: CloudFront ignores its Cache-Control', async () => {
    const { get } = startEdge(counting());
    await get('/products');
    expect((await get('/products', { 'cache-control': 'no-cache', pragma: 'no-cache' })).xCache).toBe(hit);
  });

  it('counts the age that it has on arrival', async () => {
    const { get } = startEdge(counting({ age: '50' }));
    await get('/products');
    pass(9);
    expect(await get('/products')).toMatchObject({ xCache: hit, headers: { age: '59' } });
    pass(1);
    expect((await get('/products')).xCache).toBe(miss);
  });
});

describe('an answer that must not be kept', () => {
  it.each([
    ['no-store', { 'cache-control': 'no-store' }],
    ['no-cache', { 'cache-control': 'private, no-cache' }],
    ['private', { 'cache-control': 'private, max-age=60' }],
    ['nothing about it', { 'cache-control': '', 'last-modified': new Date(0).toUTCString() }],
    ['only that it never changes', { 'cache-control': 'public, immutable' }],
    ['a lifetime of nothing', kept(0)],
    ['that it varies by everything', { vary: '*' }],
    ['a cookie', { 'set-cookie': 'a=1', 'cache-control': 'public, s-maxage=60' }],
  ])('says %s', async (_name, headers) => {
    const { get, asked } = startEdge(counting(headers));
    await get('/products');
    expect((await get('/products')).xCache).toBe(miss);
    expect(asked).toHaveLength(2);
  });

  it('is one with a cookie as functions set it', async () => {
    const { get } = startEdge(() => ({ ...answer({ 'cache-control': 'public, s-maxage=60' }), cookies: ['a=1'] }));
    await get('/products');
    expect((await get('/products')).xCache).toBe(miss);
  });

  it('is one to a request with a token that does not say that it may be shared', async () => {
    const { get } = startEdge(counting({ 'cache-control': 'max-age=60' }));
    await get('/orders/7', { authorization: 'Bearer ada' });
    expect((await get('/orders/7', { authorization: 'Bearer ada' })).xCache).toBe(miss);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('is one to %s', async (method) => {
    const { get } = startEdge(counting());
    await get('/products', {}, { method });
    expect((await get('/products', {}, { method })).xCache).toBe(miss);
    expect((await get('/products')).xCache).toBe(miss);
  });

  it('is one under a path that the distribution keeps nothing of', async () => {
    const { get } = startEdge(counting());
    await get('/health');
    expect((await get('/health')).xCache).toBe(miss);
  });
});

describe('a viewer that has the answer already', () => {
  it.each(['"5"', 'W/"5"', '"4", "5"', '*'])('and says so by %s gets 304 from the edge', async (ifNoneMatch) => {
    const { get, asked } = startEdge(() => answer({ 'content-encoding': 'identity' }));
    await get('/products');
    const { status, xCache, headers, body } = await get('/products', { 'if-none-match': ifNoneMatch });
    expect([status, xCache, body]).toEqual([304, hit, undefined]);
    expect(headers).toMatchObject({ etag: '"5"', ...kept() });
    expect(Object.keys(headers).filter((name) => name.startsWith('content-'))).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it('gets the body when it has another one', async () => {
    const { get } = startEdge(() => answer());
    await get('/products');
    expect(await get('/products', { 'if-none-match': '"4"' })).toMatchObject({ status: 200, xCache: hit, body: '{}' });
  });

  it('asks the origin itself when the edge has nothing, and the 304 is not kept', async () => {
    const { get, asked } = startEdge(({ headers }) => (headers['if-none-match'] === '"5"' ? notModified() : answer()));
    expect(await get('/products', { 'if-none-match': '"5"' })).toMatchObject({ status: 304, xCache: miss });
    expect(await get('/products')).toMatchObject({ status: 200, xCache: miss });
    expect(asked).toHaveLength(2);
  });
});

describe('an answer that has expired', () => {
  it('is asked for by its tag, and good for another time when the origin says so, with the headers that it has now', async () => {
    const { get, asked } = startEdge((_, count) =>
      count === 1 ? answer({ 'x-a': 'old' }, 'body') : notModified('"5"', { ...kept(90), 'x-a': 'new' } as never),
    );
    await get('/products');
    pass(60);
    expect(await get('/products')).toMatchObject({
      status: 200,
      xCache: refreshHit,
      body: 'body',
      headers: { 'x-a': 'new' },
    });
    expect(asked[1]?.headers).toMatchObject({ 'if-none-match': '"5"' });
    pass(89);
    expect(await get('/products')).toMatchObject({ xCache: hit, headers: { 'x-a': 'new', age: '89' } });
    expect(asked).toHaveLength(2);
  });

  it('is asked for by its own tag alone, whatever the viewer has', async () => {
    const { get, asked } = startEdge((_, count) => (count === 1 ? answer() : notModified()));
    await get('/products');
    pass(60);
    const viewers = { 'if-none-match': '"4"', 'if-modified-since': 'yesterday' };
    expect(await get('/products', viewers)).toMatchObject({ status: 200, xCache: refreshHit, body: '{}' });
    expect(asked[1]?.headers['if-none-match']).toBe('"5"');
    expect(asked[1]?.headers).not.toHaveProperty('if-modified-since');
  });

  it('gives way to a new one', async () => {
    const { get } = startEdge((_, count) => answer({ etag: `"${count}"` }, `body ${count}`));
    await get('/products');
    pass(60);
    expect(await get('/products')).toMatchObject({ xCache: miss, body: 'body 2' });
    expect(await get('/products')).toMatchObject({ xCache: hit, body: 'body 2' });
  });

  it('is gone when the origin answers something that must not be kept', async () => {
    const gone = { statusCode: 404, headers: { 'cache-control': 'no-store' }, body: 'gone' };
    const { get, asked } = startEdge((_, count) => (count === 2 ? gone : answer()));
    await get('/products');
    pass(60);
    expect(await get('/products')).toMatchObject({ status: 404, xCache: error });
    await get('/products');
    expect(asked[2]?.headers).not.toHaveProperty('if-none-match');
  });

  it('is asked for without a condition after a 304 about another one', async () => {
    const { get, asked } = startEdge((_, count) => (count === 2 ? notModified('"6"') : answer({}, `body ${count}`)));
    await get('/products');
    pass(60);
    expect(await get('/products')).toMatchObject({ status: 200, xCache: miss, body: 'body 3' });
    expect(asked[2]?.headers).not.toHaveProperty('if-none-match');
  });

  it('is good enough for as long as it says when the origin fails', async () => {
    const headers = { 'cache-control': 'public, s-maxage=60, stale-if-error=300' };
    const failure = { statusCode: 503, headers: { 'cache-control': 'no-store' }, body: 'no' };
    const CustomErrorResponses = [{ ErrorCode: 503, ErrorCachingMinTTL: 0 }];
    const { get, asked } = startEdge((_, count) => (count === 1 ? answer(headers) : failure), {
      distribution: { CustomErrorResponses },
    });
    await get('/products');
    pass(359);
    expect(await get('/products')).toMatchObject({ status: 200, xCache: hit, body: '{}', headers: { age: '359' } });
    pass(1);
    expect(await get('/products')).toMatchObject({ status: 503, xCache: error });
    expect(asked).toHaveLength(3);
  });

  it('is not good enough without that', async () => {
    const failure = { statusCode: 503, headers: { 'cache-control': 'no-store' }, body: 'no' };
    const { get } = startEdge((_, count) => (count === 1 ? answer() : failure));
    await get('/products');
    pass(60);
    expect(await get('/products')).toMatchObject({ status: 503, xCache: error });
  });

  it('is answered at once while it is being revalidated, once, where it allows that', async () => {
    const headers = { 'cache-control': 'public, s-maxage=60, stale-while-revalidate=30' };
    const { promise, resolve } = Promise.withResolvers<void>();
    const { get, asked } = startEdge(async (_, count) => {
      if (count === 2) await promise;
      return answer({ ...headers, etag: `"${count}"` }, `body ${count}`);
    });
    await get('/products');
    pass(60);
    expect(await get('/products')).toMatchObject({ xCache: hit, body: 'body 1' });
    expect(await get('/products')).toMatchObject({ xCache: hit, body: 'body 1' });
    resolve();
    await vi.waitFor(async () => expect(await get('/products')).toMatchObject({ xCache: hit, body: 'body 2' }));
    expect(asked).toHaveLength(2);
    pass(90);
    expect(await get('/products')).toMatchObject({ xCache: miss, body: 'body 3' });
  });
});

describe('an error', () => {
  const failing =
    (statusCode: number, cacheControl = 'no-store') =>
    () => ({
      statusCode,
      headers: { 'cache-control': cacheControl },
      body: 'no',
    });

  it.each([
    ['kept for 10 s by CloudFront of its own accord, even if it says no-store', 503, 'no-store', undefined, 10],
    ['kept for the time of its status', 500, 'no-store', 30, 30],
    ['never kept when that time is nothing', 503, 'no-store', 0, 0],
    ['not kept when it says no-store and CloudFront obeys: 404', 404, 'no-store', undefined, 0],
    ['kept for 10 s if it says nothing: 404', 404, '', undefined, 10],
    ['kept for as long as it says, if that is longer', 404, 'public, s-maxage=20', undefined, 20],
    ['not among those that CloudFront keeps: 401', 401, '', 60, 0],
  ])('is %s', async (_name, status, cacheControl, ErrorCachingMinTTL, seconds) => {
    const CustomErrorResponses = ErrorCachingMinTTL === undefined ? [] : [{ ErrorCode: status, ErrorCachingMinTTL }];
    const { get, asked } = startEdge(failing(status, cacheControl), { distribution: { CustomErrorResponses } });
    expect(await get('/products')).toMatchObject({ status, xCache: error });
    pass(seconds - 0.001);
    expect(await get('/products')).toMatchObject({ status, xCache: error, body: 'no' });
    expect(asked).toHaveLength(seconds === 0 ? 2 : 1);
    pass(0.001);
    await get('/products');
    expect(asked).toHaveLength(seconds === 0 ? 3 : 2);
  });
});

describe('the origin', () => {
  it('gets what the policies forward, its own name and its custom headers, even if the viewer sends them too', async () => {
    const { get, asked } = startEdge(() => answer());
    const headers = {
      host: 'viewer.example',
      accept: '*/*',
      cookie: 'a=1',
      'x-origin-secret': 'guess',
      authorization: 'Bearer x',
    };
    const body = Buffer.from('{}');
    await get('/orders?limit=1&x=%20', headers, { method: 'POST', body });
    expect(asked[0]).toMatchObject({ method: 'POST', path: '/orders', query: 'limit=1&x=%20', body });
    expect(asked[0]?.headers).toEqual({
      accept: '*/*',
      authorization: 'Bearer x',
      host: 'Api.execute-api.us-east-1.amazonaws.com',
      'x-origin-secret': 'sesame',
    });
  });

  it('gets no more than what tells objects apart when no policy forwards more', async () => {
    const { get, asked } = startEdge(() => answer(), {
      behavior: { OriginRequestPolicyId: undefined },
      key: {
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Accept-Language'] },
        QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['limit'] },
        CookiesConfig: { CookieBehavior: 'allExcept', Cookies: ['b'] },
      },
    });
    const headers = { accept: '*/*', 'accept-language': 'de', cookie: 'a=1; b=2; c=3' };
    await get('/products?x=1&limit=5&limit=6', headers);
    expect(asked[0]?.query).toBe('limit=5&limit=6');
    expect(asked[0]?.headers).toMatchObject({ 'accept-language': 'de', cookie: 'a=1; c=3' });
    expect(asked[0]?.headers).not.toHaveProperty('accept');
    expect(
      (await get('/products?limit=5&limit=6&x=2', { 'accept-language': 'de', cookie: 'c=3; a=1; b=9' })).xCache,
    ).toBe(miss);
    expect(
      (await get('/products?limit=5&limit=6&x=2', { 'accept-language': 'de', cookie: 'a=1; c=3; b=9' })).xCache,
    ).toBe(hit);
  });

  it('gets the path as it was sent, by the behaviour of what it stands for', async () => {
    const { get, asked } = startEdge(counting());
    const ada = { authorization: 'Bearer ada' };
    await get('/products/../orders/7', ada);
    expect(asked[0]?.path).toBe('/products/../orders/7');
    expect((await get('/products/../orders/7', { authorization: 'Bearer bob' })).xCache).toBe(miss);
    expect((await get('/products/../orders/7', ada)).xCache).toBe(hit);
  });
});

describe('requests for one object at the same time', () => {
  it('wait for the first one’s answer', async () => {
    const { get, asked } = startEdge(async (_, count) => {
      await delay(5);
      return answer({}, `body ${count}`);
    });
    const answers = await Promise.all([
      get('/products'),
      get('/products'),
      get('/products', { 'if-none-match': '"5"' }),
    ]);
    expect(answers.map(({ status, xCache }) => [status, xCache])).toEqual([
      [200, miss],
      [200, hit],
      [304, hit],
    ]);
    expect(asked).toHaveLength(1);
  });

  it('ask for themselves when that answer is not for them', async () => {
    const { get, asked } = startEdge(async (_, count) => {
      await delay(5);
      return answer({ 'cache-control': 'no-store' }, `body ${count}`);
    });
    const answers = await Promise.all([get('/products'), get('/products'), get('/products')]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(3);
    expect(asked).toHaveLength(3);
  });
});

describe('an invalidation', () => {
  it.each(['#order-7', '#ORDER-DETAIL', '/orders/7', '/orders/*', '/*'])(
    'by %s removes what it names',
    async (item) => {
      const { get, invalidate } = startEdge(counting({ 'Cache-Tag': 'order-7, order-detail' }));
      await get('/orders/7');
      invalidate(item);
      expect(await get('/orders/7')).toMatchObject({ xCache: miss, body: 'body 2' });
      expect((await get('/orders/7')).xCache).toBe(hit);
    },
  );

  it.each(['#order-8', '#order', '/orders', '/products*'])('by %s removes nothing else', async (item) => {
    const { get, invalidate } = startEdge(counting({ 'cache-tag': 'order-7, order-detail' }));
    await get('/orders/7');
    invalidate(item);
    expect((await get('/orders/7')).xCache).toBe(hit);
  });

  it('forbids to keep what was being fetched when it came', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { get, invalidate, asked } = startEdge(async (_, count) => {
      if (count === 1) await promise;
      return answer({ 'cache-tag': 'order-7' }, `body ${count}`);
    });
    const before = get('/orders/7');
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    invalidate('#order-7');
    const after = get('/orders/7');
    resolve();
    expect(await before).toMatchObject({ xCache: miss, body: 'body 1' });
    expect(await after).toMatchObject({ xCache: miss, body: 'body 2' });
    expect(await get('/orders/7')).toMatchObject({ xCache: hit, body: 'body 2' });
  });

  it('forbids to go on with what was being revalidated when it came', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { get, invalidate, asked } = startEdge(async (_, count) => {
      if (count === 2) await promise;
      return count === 2 ? notModified() : answer({ 'cache-tag': 'order-7' }, `body ${count}`);
    });
    await get('/orders/7');
    pass(60);
    const before = get('/orders/7');
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    invalidate('#order-7');
    resolve();
    expect(await before).toMatchObject({ xCache: refreshHit, body: 'body 1' });
    expect(await get('/orders/7')).toMatchObject({ xCache: miss, body: 'body 3' });
  });
});

describe('the headers of an answer', () => {
  it('are what the policy makes of them, wherever the answer comes from', async () => {
    const responseHeaders = {
      SecurityHeadersConfig: {
        ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'", Override: true },
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'DENY', Override: false },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 60, IncludeSubdomains: true, Preload: true, Override: true },
        XSSProtection: { Protection: true, ModeBlock: true, Override: true },
      },
      CustomHeadersConfig: { Items: [{ Header: 'X-A', Value: 'policy', Override: false }] },
      RemoveHeadersConfig: { Items: [{ Header: 'Server' }] },
    };
    const { get } = startEdge(() => answer({ server: 'x', 'x-a': 'origin', 'x-frame-options': 'SAMEORIGIN' }), {
      responseHeaders,
    });
    for (const xCache of [miss, hit]) {
      const { headers } = await get('/products');
      expect(headers).toMatchObject({
        'x-cache': xCache,
        'content-security-policy': "default-src 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=60; includeSubDomains; preload',
        'x-xss-protection': '1; mode=block',
        'x-a': 'origin',
      });
      expect(headers).not.toHaveProperty('server');
    }
  });
});
