import pMap from 'p-map';
import { describe, expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { OrderBody, OrderChanged } from '../support/contract-bodies.ts';
import { expectProblem } from '../support/problems.ts';
import {
  consistentWith,
  listProduct,
  newSku,
  orderOf,
  placedOrder,
  placeOrder,
  stockProduct,
} from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';
import { basePath } from '../support/target.ts';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const UNKNOWN_ORDER = '/orders/01ARZ3NDEKTSV4RRFFQ69G5FAV';

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);
const { id: customerId, api: customer } = await newCustomer(anyone);
const { api: stranger } = await newCustomer(anyone);

describe('placing an order', () => {
  test('creates it at its location with the names and prices of its products', async () => {
    const desk = await stockProduct(staff, 1_000, { name: 'Walnut desk', unitPrice: 12_500 });
    const lamp = await stockProduct(staff, 1_000, { name: 'Brass lamp', unitPrice: 4_999 });
    const lines = [
      { sku: desk.sku, quantity: 2 },
      { sku: lamp.sku, quantity: 3 },
    ];
    const answer = await customer.post<OrderChanged>('/orders', orderOf(...lines));

    const { orderId } = answer.body;
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      orderId: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      version: 1,
      status: 'placed',
    });
    expect(answer.headers.get('location')).toBe(`${basePath}/orders/${orderId}`);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.headers.get('consistency-token')).toBe(`order-${orderId}@1`);
    expect(answer.headers.get('idempotency-replayed')).toBeNull();

    const { body } = await customer.get<OrderBody>(`/orders/${orderId}?${consistentWith(answer)}`);
    expect(body).toEqual({
      orderId,
      customerId,
      status: 'placed',
      lines: [
        { ...lines[0], name: 'Walnut desk', unitPrice: 12_500 },
        { ...lines[1], name: 'Brass lamp', unitPrice: 4_999 },
      ],
      total: 2 * 12_500 + 3 * 4_999,
      currency: 'EUR',
      placedAt: expect.stringMatching(TIME),
      updatedAt: expect.stringMatching(TIME),
      version: 1,
    });
    expect(body.updatedAt).toBe(body.placedAt);
  });

  test('takes the price as it is then, and keeps it', async () => {
    const product = await stockProduct(staff, 1_000, { unitPrice: 1_000 });
    await staff.post(`/products/${product.sku}/price`, { unitPrice: 2_000 });
    const order = await placeOrder(customer, product);
    await staff.post(`/products/${product.sku}/price`, { unitPrice: 3_000 });

    const { body } = await customer.get<OrderBody>(`${order.path}?${order.consistentWith}`);
    expect(body).toMatchObject({ total: 2_000, lines: [{ unitPrice: 2_000 }] });
  });

  test('is refused when a product is unknown, and says which', async () => {
    const { sku } = await listProduct(staff);
    const unknown = newSku();
    const order = orderOf({ sku, quantity: 1 }, { sku: unknown, quantity: 1 });
    const problem = expectProblem(await customer.post('/orders', order), 422, 'unknown_product');
    expect(problem.detail).toContain(unknown);
  });

  test('is refused when its lines have several currencies', async () => {
    const inEuros = await listProduct(staff, { currency: 'EUR' });
    const inYen = await listProduct(staff, { currency: 'JPY' });
    const order = orderOf({ sku: inEuros.sku, quantity: 1 }, { sku: inYen.sku, quantity: 1 });
    expectProblem(await customer.post('/orders', order), 409, 'mixed_currencies');
  });

  test('works with 100 lines of 1000 each', async () => {
    const listed = await pMap(Array.from({ length: 100 }), () => listProduct(staff), { concurrency: 8 });
    const skus = listed.map(({ sku }) => sku);
    const answer = await customer.post<OrderChanged>(
      '/orders',
      orderOf(...skus.map((sku) => ({ sku, quantity: 1000 }))),
    );
    expect(answer.status).toBe(201);
    const { path, consistentWith: asPlaced } = placedOrder(answer);
    const { body } = await customer.get<OrderBody>(`${path}?${asPlaced}`);
    expect(body.lines.map(({ sku }) => sku)).toEqual(skus);
  });
});

test('an order is for its owner and for staff to see; for another customer there is none', async () => {
  const { path, consistentWith: asPlaced } = await placeOrder(customer, await stockProduct(staff));
  const own = await customer.get(`${path}?${asPlaced}`);
  expect(own.headers.get('cache-control')).toMatch(/\bprivate\b/);
  expect((await staff.get(path)).body).toEqual(own.body);
  for (const hidden of [path, `${path}?version=1`, `${path}?${asPlaced}`, `${path}/events`]) {
    expectProblem(await stranger.get(hidden), 404, 'not_found');
    expectProblem(await anyone.get(hidden), 401, 'unauthenticated');
  }
  expectProblem(await stranger.post(`${path}/cancel`, { reason: 'Not mine' }), 404, 'not_found');
});

test('an order that was never placed is not found', async () => {
  for (const path of [UNKNOWN_ORDER, `${UNKNOWN_ORDER}?version=1`, `${UNKNOWN_ORDER}/events`]) {
    expectProblem(await staff.get(path), 404, 'not_found');
  }
  expectProblem(await customer.post(`${UNKNOWN_ORDER}/cancel`, { reason: 'Gone' }), 404, 'not_found');
  expectProblem(await staff.post(`${UNKNOWN_ORDER}/deliver`, {}), 404, 'not_found');
});

describe('cancelling', () => {
  test.each([
    ['its owner', customer],
    ['staff', staff],
  ])('by %s ends the order', async (_, who) => {
    const { orderId, path } = await placeOrder(customer, await stockProduct(staff));
    const answer = await who.post<OrderChanged>(`${path}/cancel`, { reason: 'Changed my mind' });

    expect(answer).toMatchObject({ status: 200, body: { orderId, version: 2, status: 'cancelled' } });
    expect(answer.headers.get('etag')).toBe('"2"');
    expect(answer.headers.get('consistency-token')).toBe(`order-${orderId}@2`);
    const { body } = await customer.get<OrderBody>(`${path}?${consistentWith(answer)}`);
    expect(body).toMatchObject({ status: 'cancelled', version: 2, cancellation: { reason: 'Changed my mind' } });
    expect(body.updatedAt >= body.placedAt).toBe(true);
  });

  test('works once', async () => {
    const { path } = await placeOrder(customer, await stockProduct(staff));
    await customer.post(`${path}/cancel`, { reason: 'First' });
    expectProblem(await customer.post(`${path}/cancel`, { reason: 'Second' }), 409, 'order_not_cancellable');
  });
});

describe('an order that is not confirmed', () => {
  const shipment = { carrier: 'DHL', trackingNumber: '00340434161094042557' };

  test('cannot be shipped or delivered', async () => {
    const { path } = await placeOrder(customer, await stockProduct(staff));
    expectProblem(await staff.post(`${path}/ship`, shipment), 409, 'order_not_shippable');
    expectProblem(await staff.post(`${path}/deliver`, {}), 409, 'order_not_deliverable');
    await customer.post(`${path}/cancel`, { reason: 'Too slow' });
    expectProblem(await staff.post(`${path}/ship`, shipment), 409, 'order_not_shippable');
  });

  test('is for staff alone to ship and deliver', async () => {
    const { path } = await placeOrder(customer, await stockProduct(staff));
    expectProblem(await customer.post(`${path}/ship`, shipment), 403, 'forbidden');
    expectProblem(await customer.post(`${path}/deliver`, {}), 403, 'forbidden');
    expectProblem(await anyone.post(`${path}/ship`, shipment), 401, 'unauthenticated');
  });

  test.each([
    ['ship', {}, ['/body/carrier', '/body/trackingNumber']],
    ['ship', { ...shipment, weight: 1 }, ['/body/weight']],
    ['deliver', { at: 'noon' }, ['/body/at']],
    ['cancel', {}, ['/body/reason']],
    ['cancel', { reason: '' }, ['/body/reason']],
  ])('is not changed by %s with the body %j', async (action, body, pointers) => {
    const problem = expectProblem(await staff.post(`${UNKNOWN_ORDER}/${action}`, body), 400, 'validation_failed');
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
  });
});
