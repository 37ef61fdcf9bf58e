import { beforeAll, expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { EventsBody, OrderBody } from '../support/contract-bodies.ts';
import { expectProblem } from '../support/problems.ts';
import { type ListedProduct, type PlacedOrder, placeOrder, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);
const { id: customerId, email, api: customer } = await newCustomer(anyone);
let product: ListedProduct;
let order: PlacedOrder;
let placed: OrderBody;

/** An instant some milliseconds before or after another. */
const shifted = (time: string, millis: number): string => new Date(Date.parse(time) + millis).toISOString();

beforeAll(async () => {
  product = await stockProduct(staff);
  order = await placeOrder(customer, product, 2);
  placed = (await customer.get<OrderBody>(`${order.path}?${order.consistentWith}`)).body;
  await customer.post(`${order.path}/cancel`, { reason: 'Second thoughts' });
});

test('a past version is the view as it stood then, and may be kept for ever', async () => {
  const { status, headers, body } = await customer.get(`${order.path}?version=1`);
  expect({ status, body }).toEqual({ status: 200, body: placed });
  expect(headers.get('etag')).toBe('"1"');
  expect(headers.get('cache-control')).toMatch(/\bimmutable\b/);
  expect(headers.get('cache-control')).toMatch(/\bmax-age=31536000\b/);
  expect(headers.get('cache-control')).toMatch(/\bprivate\b/);
});

test('the newest version is the view as it stands', async () => {
  const { body } = await customer.get<OrderBody>(`${order.path}?version=2`);
  expect(body).toMatchObject({ status: 'cancelled', version: 2, cancellation: { reason: 'Second thoughts' } });
});

test('a version that is not reached is not found', async () => {
  expectProblem(await customer.get(`${order.path}?version=3`), 404, 'not_found');
});

test('an instant is the view as it stood then', async () => {
  expect((await customer.get(`${order.path}?asOf=${placed.placedAt}`)).body).toEqual(placed);
  const { body, headers } = await customer.get<OrderBody>(`${order.path}?asOf=${shifted(placed.placedAt, 86_400_000)}`);
  expect(body).toMatchObject({ status: 'cancelled', version: 2 });
  expect(headers.get('cache-control')).not.toMatch(/\bimmutable\b/);
});

test('before it was placed there was no order', async () => {
  expectProblem(await customer.get(`${order.path}?asOf=${shifted(placed.placedAt, -1)}`), 404, 'not_found');
});

test.each([
  'version=1&asOf=2026-01-01T00:00:00.000Z',
  'version=0',
  'version=-1',
  'version=1.5',
  'version=one',
  'asOf=yesterday',
  'asOf=2026-02-30T00:00:00.000Z',
  'version=1&version=2',
])('the point in time "%s" is refused', async (query) => {
  expectProblem(await customer.get(`${order.path}?${query}`), 400, 'validation_failed');
});

test('everything that happened to an order is told as CloudEvents, oldest first', async () => {
  const { status, headers, body } = await customer.get<EventsBody>(`${order.path}/events`);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toMatch(/^application\/json\b/);
  const envelope = (sequence: number) => ({
    specversion: '1.0',
    id: `order-${order.orderId}@${sequence}`,
    source: expect.stringMatching(/^\/|^\w+:/),
    subject: `order-${order.orderId}`,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    datacontenttype: 'application/json',
    sequence: String(sequence).padStart(10, '0'),
    correlationid: expect.stringMatching(/./),
    causationid: expect.stringMatching(/./),
  });
  expect(body.events).toEqual([
    {
      ...envelope(1),
      type: 'eventspine.OrderPlaced.v1',
      time: placed.placedAt,
      data: {
        orderId: order.orderId,
        customerId,
        lines: placed.lines,
        total: placed.total,
        currency: 'EUR',
        paymentToken: '[redacted]',
      },
    },
    { ...envelope(2), type: 'eventspine.OrderCancelled.v1', data: { reason: 'Second thoughts' } },
  ]);
});

test('what identifies a person is in no event and no view', async () => {
  const paths = [order.path, `${order.path}/events`, `/customers/${customerId}/orders`];
  const answers = await Promise.all(paths.map((path) => staff.get(`${path}?${order.consistentWith}`)));
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain(email);
  }
});
