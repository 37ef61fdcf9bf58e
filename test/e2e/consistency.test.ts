import { describe, expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { OrderBody, OrderPage, ProductBody, ProductPage } from '../support/contract-bodies.ts';
import { untilIdle } from '../support/idle.ts';
import { expectProblem } from '../support/problems.ts';
import { consistentWith, newSku, placeOrder, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);
const { sku } = await stockProduct(staff);

const ROUNDS = 10;

describe('with its consistency token a command is readable at once', () => {
  test('in the single view', async () => {
    const { api } = await newCustomer(anyone);
    for (let round = 0; round < ROUNDS; round += 1) {
      const order = await placeOrder(api, { sku });
      const placed = await api.get<OrderBody>(`${order.path}?${order.consistentWith}`);
      expect(placed).toMatchObject({ status: 200, body: { status: 'placed', version: 1 } });
      const cancelled = await api.post(`${order.path}/cancel`, { reason: 'Enough' });
      const { body } = await api.get<OrderBody>(`${order.path}?${consistentWith(cancelled)}`);
      expect(body).toMatchObject({ status: 'cancelled', version: 2 });
    }
  });

  test('in the list, in its place', async () => {
    const { api } = await newCustomer(anyone);
    const expected: { orderId: string; status: string }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { orderId, ...order } = await placeOrder(api, { sku });
      const placed = await api.get<OrderPage>(`/customers/me/orders?limit=1&${order.consistentWith}`);
      expect(placed.body.orders).toMatchObject([{ orderId, status: 'placed' }]);
      if (round % 2 === 0) {
        expected.unshift({ orderId, status: 'placed' });
        continue;
      }
      expected.unshift({ orderId, status: 'cancelled' });
      const cancelled = await api.post(`${order.path}/cancel`, { reason: 'Every other one' });
      const { body } = await api.get<OrderPage>(`/customers/me/orders?${consistentWith(cancelled)}&status=cancelled`);
      expect(body.orders[0]).toMatchObject({ orderId, status: 'cancelled', version: 2 });
    }
    await untilIdle(anyone);
    const { body } = await api.get<OrderPage>('/customers/me/orders');
    expect(body.orders.map(({ orderId, status }) => ({ orderId, status }))).toEqual(expected);
  });

  test('in the list of products and in a product', async () => {
    const product = { sku: newSku(), name: 'Pine shelf', unitPrice: 700, currency: 'EUR' };
    const listed = await staff.post('/products', product);
    let cursor = '';
    let found: ProductBody | undefined;
    do {
      const { body }: { body: ProductPage } = await anyone.get(
        `/products?limit=100&${consistentWith(listed)}${cursor}`,
      );
      found ??= body.products.find((each) => each.sku === product.sku);
      cursor = body.nextCursor === undefined ? '' : `&cursor=${encodeURIComponent(body.nextCursor)}`;
    } while (cursor !== '');
    expect(found).toEqual({ ...product, available: 0, version: 1 });
    const stocked = await staff.post(`/products/${product.sku}/stock`, { quantity: 5 });
    const { body } = await anyone.get<ProductBody>(`/products/${product.sku}?${consistentWith(stocked)}`);
    expect(body).toMatchObject({ available: 5, version: 1 });
  });
});

test('up to 5 tokens count at once, and all of them', async () => {
  const { api } = await newCustomer(anyone);
  const orders = await Promise.all(Array.from({ length: 5 }, () => placeOrder(api, { sku })));
  const tokens = orders.map((order) => order.consistentWith).join('&');
  const { status, body } = await api.get<OrderPage>(`/customers/me/orders?${tokens}`);
  expect(status).toBe(200);
  expect(new Set(body.orders.map(({ orderId }) => orderId))).toEqual(new Set(orders.map(({ orderId }) => orderId)));
  expect(await api.get(`${orders[0]?.path}?${tokens}`)).toMatchObject({ status: 200 });
  expectProblem(await api.get(`/customers/me/orders?${tokens}&${orders[0]?.consistentWith}`), 400, 'validation_failed');
});

test.each([
  '',
  'order',
  'order-A',
  'order-A@',
  'order-A@0',
  'order-A@x',
  'order-A@-1',
  '@1',
  'cart-A@1',
  'order-A@1@2',
])('the token "%s" is refused as malformed', async (token) => {
  const { api } = await newCustomer(anyone);
  const query = `consistentWith=${encodeURIComponent(token)}`;
  for (const path of ['/orders/A', '/customers/me/orders', '/products']) {
    expectProblem(await api.get(`${path}?${query}`), 400, 'validation_failed');
  }
});

test('a token does not show an order to another customer', async () => {
  const [owner, stranger] = [await newCustomer(anyone), await newCustomer(anyone)];
  const order = await placeOrder(owner.api, { sku });
  const { body } = await stranger.api.get<OrderPage>(`/customers/me/orders?${order.consistentWith}`);
  expect(body.orders).toEqual([]);
});

test('at rest an order becomes readable without a token, alone and in the list', async () => {
  const { api } = await newCustomer(anyone);
  await untilIdle(anyone);
  const { orderId, path } = await placeOrder(api, { sku });
  const readable = async () => {
    const [single, list] = await Promise.all([api.get(path), api.get<OrderPage>('/customers/me/orders')]);
    return { status: single.status, listed: list.body.orders.map((order) => order.orderId) };
  };
  await expect.poll(readable, { timeout: 10_000, interval: 20 }).toEqual({ status: 200, listed: [orderId] });
});
