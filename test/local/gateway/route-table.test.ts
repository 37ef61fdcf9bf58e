import { describe, expect, it } from 'vitest';
import { routeTable } from '../../../local/gateway/route-table.ts';

// In the wrong order on purpose: the order in the template must not matter.
const keys = [
  '$default',
  'ANY /orders/{orderId}',
  'ANY /files/{path+}',
  'GET /{greedy+}',
  'GET /orders/{orderId}',
  'GET /orders/mine',
  'GET /orders',
  'POST /orders/{orderId}/cancel',
  'GET /',
];
const match = routeTable(keys.map((key) => ({ key })));

const matched = (method: string, path: string) => {
  const found = match(method, path);
  return found && [found.route.key, found.pathParameters];
};

describe('route matching', () => {
  it.each([
    ['an exact path before one with parameters', 'GET', '/orders/mine', 'GET /orders/mine', {}],
    ['a path parameter before a greedy one', 'GET', '/orders/7', 'GET /orders/{orderId}', { orderId: '7' }],
    ['a named method before ANY', 'GET', '/orders/8', 'GET /orders/{orderId}', { orderId: '8' }],
    ['ANY for the other methods', 'DELETE', '/orders/9', 'ANY /orders/{orderId}', { orderId: '9' }],
    ['a path behind a parameter', 'POST', '/orders/7/cancel', 'POST /orders/{orderId}/cancel', { orderId: '7' }],
    ['the more exact one of two greedy ones', 'GET', '/files/a/b', 'ANY /files/{path+}', { path: 'a/b' }],
    ['a greedy one before $default', 'GET', '/a/b/c', 'GET /{greedy+}', { greedy: 'a/b/c' }],
    ['$default for a method without a route', 'POST', '/orders', '$default', {}],
    ['the root', 'GET', '/', 'GET /', {}],
    ['a greedy one for an empty parameter', 'GET', '/orders/', 'GET /{greedy+}', { greedy: 'orders/' }],
  ])('takes %s', (_name, method, path, key, parameters) => {
    expect(matched(method, path)).toEqual([key, parameters]);
  });

  it('decodes path parameters, one segment each', () => {
    expect(matched('GET', '/orders/a%2Fb%20%C3%A9')).toEqual(['GET /orders/{orderId}', { orderId: 'a/b é' }]);
  });

  it('leaves a malformed escape as it was sent', () => {
    expect(matched('GET', '/orders/%zz')).toEqual(['GET /orders/{orderId}', { orderId: '%zz' }]);
  });

  it('finds nothing where there is no $default', () => {
    expect(routeTable([{ key: 'GET /orders' }])('GET', '/orders/7')).toBeUndefined();
  });

  it('refuses a route key that is not well formed, and one that stands twice', () => {
    expect(() => routeTable([{ key: 'orders' }])).toThrow('got "orders"');
    expect(() => routeTable([{ key: 'GET /a' }, { key: 'GET /a' }])).toThrow('must be listed once: GET /a');
  });
});
