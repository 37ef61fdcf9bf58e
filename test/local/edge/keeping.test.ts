import { describe, expect, it } from 'vitest';
import { hit, miss, startEdge } from './fixture.ts';
import { answer, clock, counting, kept, notModified } from './origin-answers.ts';

const { pass } = clock();

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
