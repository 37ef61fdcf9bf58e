import { describe, expect, it } from 'vitest';
import { invalidationItem } from '../../../local/edge/invalidation.ts';
import { ObjectCache } from '../../../local/edge/object-cache.ts';
import { type StoredObject, storedObject } from '../../../local/edge/stored-object.ts';

const rules = { maxTtlInSeconds: 60, errorTtlsInSeconds: new Map(), tagHeader: 'cache-tag' };

function object(body = 'x', tags = 'products'): StoredObject {
  const headers = { 'cache-control': 's-maxage=60', 'cache-tag': tags };
  const stored = storedObject({ method: 'GET', url: '/', headers: {} }, { statusCode: 200, headers, body }, rules);
  if (stored === undefined) throw new Error('it must be kept');
  return stored;
}

const keysIn = (cache: ObjectCache, keys: string): string => [...keys].filter((key) => cache.get(key)).join('');

describe('the cache', () => {
  it('gives up the least recently used when it has too many objects', () => {
    const cache = new ObjectCache({ maxObjects: 3, maxBytes: 1e6 });
    for (const key of 'abc') cache.set(key, object());
    cache.get('a');
    cache.set('d', object());
    expect(keysIn(cache, 'abcd')).toBe('acd');
  });

  it('gives up as many as it takes when they have too many bytes', () => {
    const cache = new ObjectCache({ maxObjects: 100, maxBytes: 10_000 });
    for (const key of 'abc') cache.set(key, object('x'.repeat(1_000)));
    expect(keysIn(cache, 'abc')).toBe('abc');
    cache.set('d', object('x'.repeat(4_000)));
    expect(keysIn(cache, 'abcd')).toBe('d');
    cache.set('e', object('x'.repeat(5_000)));
    expect(keysIn(cache, 'abcde')).toBe('');
  });

  it('counts what is replaced or invalidated no longer', () => {
    const cache = new ObjectCache({ maxObjects: 100, maxBytes: 10_000 });
    const item = invalidationItem('#products');
    for (let round = 0; round < 50; round += 1) {
      cache.set('a', object('x'.repeat(1_000)));
      cache.set('b', object('x'.repeat(1_000)));
      if (round % 2 === 0 && item) cache.invalidate([item]);
    }
    cache.set('c', object('x'.repeat(1_000)));
    expect(keysIn(cache, 'abc')).toBe('abc');
  });

  it('finds an object by the tags that it has now, not by those that it had', () => {
    const cache = new ObjectCache({ maxObjects: 100, maxBytes: 1e6 });
    cache.set('a', object('x', 'old, both'));
    cache.set('a', object('x', 'new, both'));
    const invalidate = (text: string) =>
      cache.invalidate([invalidationItem(text)].filter((item) => item !== undefined));
    invalidate('#old');
    expect(keysIn(cache, 'a')).toBe('a');
    invalidate('#new');
    expect(keysIn(cache, 'a')).toBe('');
  });
});
