// What a projector tells the edge when a row has changed.
import { expect, it } from 'vitest';
import { customerOrders } from '../../../lambdas/shop/orders/customer-orders.ts';
import { orderDetail } from '../../../lambdas/shop/orders/order-detail.ts';
import { catalogue } from '../../../lambdas/shop/products/catalogue.ts';

const order = {
  orderId: '01J',
  customerId: 'auth0|alice@example.com',
  status: 'placed',
  lines: [],
  total: 1,
  currency: 'EUR',
  placedAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
} as const;
const product = { sku: 'A-1', name: 'Anvil', unitPrice: 1, currency: 'EUR', available: 0 };
const at = { version: 3, generation: 1 };

it('an order changes what shows it', () => {
  expect(orderDetail.cacheTags({ ...at, stream: 'order-01J', part: order })).toEqual(['order-01J']);
});

it('an order changes the lists of its customer, whose tag does not tell who that is', () => {
  const [tag, ...others] = customerOrders.cacheTags({ ...at, stream: 'order-01J', part: order });
  expect(tag).toMatch(/^customer-[0-9a-f]{16}$/);
  expect(others).toEqual([]);
  const another = { ...order, customerId: 'bob' };
  expect(customerOrders.cacheTags({ ...at, stream: 'order-01J', part: another })).not.toEqual([tag]);
});

it('a product changes what shows it and the list of all', () => {
  expect(catalogue.cacheTags({ ...at, stream: 'product-A-1', part: product })).toEqual(['product-A-1', 'products']);
});
