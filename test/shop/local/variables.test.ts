import { expect, it } from 'vitest';
import shop from '../../../lib/shop/local.ts';
import { contextFrom } from '../../../local/application/variables.ts';

it('takes the payment timeout and how many orders may be open from variables', () => {
  const environment = { PAYMENT_TIMEOUT_SECONDS: '1', OPEN_ORDERS_PER_CUSTOMER: '2' };
  expect(contextFrom(shop.variables, environment)).toEqual({ paymentTimeoutSeconds: '1', openOrdersPerCustomer: '2' });
});

it.each(['0', '-1', '1.5', '5s', '82801'])('refuses the payment timeout %s', (timeout) => {
  expect(() => contextFrom(shop.variables, { PAYMENT_TIMEOUT_SECONDS: timeout })).toThrow(
    `PAYMENT_TIMEOUT_SECONDS must be a whole number from 1 to 82800 (23 hours), got "${timeout}".`,
  );
});

it.each(['0', '-1', '1.5', '1001', 'many'])('refuses %s open orders', (orders) => {
  expect(() => contextFrom(shop.variables, { OPEN_ORDERS_PER_CUSTOMER: orders })).toThrow(
    `OPEN_ORDERS_PER_CUSTOMER must be a whole number from 1 to 1000, got "${orders}".`,
  );
});

it.each([
  ['product-ANVIL', { orderId: '01J' }, 'order-01J'],
  ['order-01J', { orderId: '01J' }, undefined],
  ['product-ANVIL', { sku: 'ANVIL' }, undefined],
  ['product-ANVIL', null, undefined],
])('tells of an event on %s with %j that it is about %s', (stream, data, subject) => {
  expect(shop.subjectOf({ stream, type: 'StockReserved', data })).toBe(subject);
});
