import { beforeAll, expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { OrderBody, OrderPage } from '../support/contract-bodies.ts';
import { untilIdle } from '../support/idle.ts';
import { expectProblem } from '../support/problems.ts';
import { type ListedProduct, type PlacedOrder, placeOrder, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);
const { id: customerId, api: customer } = await newCustomer(anyone);
let product: ListedProduct;
let oldest: PlacedOrder;
let cancelled: PlacedOrder;
let newest: PlacedOrder;

beforeAll(async () => {
  product = await stockProduct(staff);
  oldest = await placeOrder(customer, product, 1);
  cancelled = await placeOrder(customer, product, 2);
  newest = await placeOrder(customer, product, 3);
  await customer.post(`${cancelled.path}/cancel`, { reason: 'Too much' });
  await untilIdle(anyone);
});

const idsOf = ({ orders }: OrderPage): string[] => orders.map(({ orderId }) => orderId);

test('a customer sees the own orders, newest first, with what the contract says of each', async () => {
  const { status, headers, body } = await customer.get<OrderPage>('/customers/me/orders');
  expect(status).toBe(200);
  expect(headers.get('cache-control')).toMatch(/\bprivate\b/);
  expect(idsOf(body)).toEqual([newest.orderId, cancelled.orderId, oldest.orderId]);
  const { body: order } = await customer.get<OrderBody>(cancelled.path);
  expect(body.orders[1]).toEqual({
    orderId: cancelled.orderId,
    status: 'cancelled',
    total: 2 * product.unitPrice,
    currency: 'EUR',
    placedAt: order.placedAt,
    version: 2,
  });
});

test('a status narrows the list', async () => {
  const list = async (status: string) =>
    idsOf((await customer.get<OrderPage>(`/customers/me/orders?status=${status}`)).body);
  expect(await list('placed')).toEqual([newest.orderId, oldest.orderId]);
  expect(await list('cancelled')).toEqual([cancelled.orderId]);
  expect(await list('delivered')).toEqual([]);
});

test('a status narrows every page of the list', async () => {
  const path = '/customers/me/orders?status=placed&limit=1';
  const { body: first } = await customer.get<OrderPage>(path);
  expect(idsOf(first)).toEqual([newest.orderId]);
  const { body: second } = await customer.get<OrderPage>(
    `${path}&cursor=${encodeURIComponent(first.nextCursor ?? '')}`,
  );
  expect(second).toEqual({ orders: [expect.objectContaining({ orderId: oldest.orderId })] });
});

test('a status that an order cannot have is refused', async () => {
  expectProblem(await customer.get('/customers/me/orders?status=lost'), 400, 'validation_failed');
});

test("a customer's list is for that customer and for staff; for others there is none", async () => {
  const path = `/customers/${customerId}/orders`;
  const { body } = await customer.get<OrderPage>('/customers/me/orders');
  expect((await customer.get(path)).body).toEqual(body);
  expect((await staff.get(path)).body).toEqual(body);
  const stranger = await newCustomer(anyone);
  expectProblem(await stranger.api.get(path), 404, 'not_found');
  expectProblem(await anyone.get(path), 401, 'unauthenticated');
});

test('a customer without orders has an empty list', async () => {
  const { api } = await newCustomer(anyone);
  expect(await api.get('/customers/me/orders')).toMatchObject({ status: 200, body: { orders: [] } });
});
