import { describe, expect, it } from 'vitest';
import { cacheTags } from '../../../local/edge/cache-tags.ts';
import { invalidationItem, isNamed } from '../../../local/edge/invalidation.ts';

const isMet = (item: string, url: string, tags = ''): boolean => {
  const parsed = invalidationItem(item);
  if (parsed === undefined) throw new Error(`not an item: ${item}`);
  return isNamed({ url, tags: cacheTags(tags) }, parsed);
};

describe('an item of an invalidation', () => {
  it.each([
    ['/orders/7', '/orders/7', true],
    ['orders/7', '/orders/7', true],
    ['/orders/7', '/orders/7?version=1', false],
    ['/orders/7?version=1', '/orders/7?version=1', true],
    ['/orders/7*', '/orders/7?version=1', true],
    ['/orders/7*', '/orders/70', true],
    ['/Orders/7', '/orders/7', false],
    ['/*', '/orders/7', true],
    ['*', '/orders/7', true],
    ['/', '/', true],
    ['/a*b', '/aab', false],
  ])('%s of path, for %s: %s', (item, url, expected) => {
    expect(isMet(item, url)).toBe(expected);
  });

  it.each([
    ['#order-7', 'order-7, order-detail', true],
    ['#ORDER-7', 'order-7', true],
    ['#order-7', 'ORDER-7', true],
    ['#order-7', 'order-70', false],
    ['#order-*', 'order-7', false],
    ['#order-7', '', false],
  ])('%s of tag, for %j: %s', (item, tags, expected) => {
    expect(isMet(item, '/orders/7', tags)).toBe(expected);
  });

  it.each(['', '#', '##\u00e9', '#a,b', '# a', `#${'x'.repeat(257)}`, '/a b', '/\u00e9', '/a\n'])(
    'is not %j',
    (text) => {
      expect(invalidationItem(text)).toBeUndefined();
    },
  );
});

describe('the tags of an answer', () => {
  it('are the first fifty that are well formed', () => {
    expect([...cacheTags(' a,b ,, c d,A ')]).toEqual(['a', 'b']);
    expect(cacheTags(Array.from({ length: 60 }, (_, index) => `t${index}`).join()).size).toBe(50);
  });
});
