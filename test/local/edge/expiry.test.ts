import { describe, expect, it } from 'vitest';
import { error, hit, miss, refreshHit, startEdge } from './fixture.ts';
import { answer, clock, kept, notModified } from './origin-answers.ts';

const { pass } = clock();

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
    await expect.poll(() => get('/products')).toMatchObject({ xCache: hit, body: 'body 2' });
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
