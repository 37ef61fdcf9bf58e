import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { hit, miss, refreshHit, startEdge } from './fixture.ts';
import { answer, clock, counting, notModified } from './origin-answers.ts';

const { pass } = clock();

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
    await expect.poll(() => asked).toHaveLength(1);
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
    await expect.poll(() => asked).toHaveLength(2);
    invalidate('#order-7');
    resolve();
    expect(await before).toMatchObject({ xCache: refreshHit, body: 'body 1' });
    expect(await get('/orders/7')).toMatchObject({ xCache: miss, body: 'body 3' });
  });
});
