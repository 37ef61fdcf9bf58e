import { describe, expect, it } from 'vitest';
import { normalisedPath, pathMatcher } from '../../../local/edge/path-pattern.ts';

describe('a path pattern', () => {
  it.each([
    ['/orders/*', '/orders/7', true],
    ['/orders/*', '/orders/', true],
    ['/orders/*', '/orders/7/events', true],
    ['/orders/*', '/orders', false],
    ['/orders/*', '/Orders/7', false],
    ['orders/*', '/orders/7', true],
    ['/products*', '/products', true],
    ['/products*', '/productsale', true],
    ['/a?c', '/abc', true],
    ['/a?c', '/ac', false],
    ['/a?c', '/a/c', true],
    ['*.json', '/openapi.json', true],
    ['*.json', '/openapi-json', false],
    ['/a+(b)[c]$', '/a+(b)[c]$', true],
    ['*', '/', true],
    ['/a*', '/a\n', true],
  ])('%s takes %j: %s', (pattern, path, expected) => {
    expect(pathMatcher(pattern)(path)).toBe(expected);
  });
});

describe('the path that behaviours are looked up by', () => {
  it.each([
    ['/orders/7', '/orders/7'],
    ['/%6Frders/7', '/orders/7'],
    ['/products/../orders/7', '/orders/7'],
    ['/products/%2e%2E/orders/7', '/orders/7'],
    ['/./orders/.', '/orders/'],
    ['/orders/x/..', '/orders/'],
    ['/../..', '/'],
    ['/a%2fb%3f', '/a%2Fb%3F'],
    ['//orders', '//orders'],
    ['/', '/'],
    ['*', '/'],
  ])('is for %s %s', (sent, expected) => {
    expect(normalisedPath(sent)).toBe(expected);
  });
});
