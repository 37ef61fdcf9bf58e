// The payment provider does not answer in time, on a host that waits for it only some seconds, and lets few orders wait.
import { rm } from 'node:fs/promises';
import pMap from 'p-map';
import { afterAll, beforeAll, expect } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { OrderPage } from '../support/contract-bodies.ts';
import { expectEmails } from '../support/emails.ts';
import { type Eventspine, newDataDirectory, startEventspine } from '../support/eventspine.ts';
import { untilIdle } from '../support/idle.ts';
import { eventName, outcomeOf, refunded, storyOf } from '../support/order-outcome.ts';
import { answerPayment, paidWith } from '../support/payments.ts';
import { expectProblem } from '../support/problems.ts';
import { line, type PlacedOrder, place, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';
import { expectStock } from '../support/stock.ts';
import { onLocalHost } from '../support/target.ts';

const { test } = onLocalHost;

const TIMEOUT_IN_SECONDS = 3;
const settings = { PAYMENT_TIMEOUT_SECONDS: String(TIMEOUT_IN_SECONDS), OPEN_ORDERS_PER_CUSTOMER: '3' };
const ENDED_WITHIN_MILLIS = 20_000;
const timedOut = { status: 'rejected', rejection: { code: 'payment_timeout' } };

let host: Eventspine;

beforeAll(async () => {
  host = await startEventspine(await newDataDirectory(), settings);
});

afterAll(async () => {
  await host.kill();
  await rm(host.dataDirectory, { recursive: true });
});

/** Resolves when the order has been rejected and everything has come to rest. */
async function untilTimedOut(anyone: ApiClient, staff: ApiClient, order: PlacedOrder): Promise<void> {
  await expect.poll(() => outcomeOf(staff, order), { timeout: ENDED_WITHIN_MILLIS, interval: 100 }).toEqual(timedOut);
  await untilIdle(anyone);
}

test('an order is rejected when the time is up, not before, and money that comes later is refunded', async () => {
  const anyone = new ApiClient(host.url);
  const staff = await signInStaff(anyone);
  const desk = await stockProduct(staff, 10);
  const [paidLate, paidNever] = [await newCustomer(anyone), await newCustomer(anyone)];
  const silent = paidWith('tok_silent', line(desk, 2));
  const orders = await Promise.all([place(paidLate.api, silent), place(paidNever.api, silent)]);
  const [late, never] = orders;
  for (const order of orders) {
    await untilTimedOut(anyone, staff, order);
    const story = await storyOf(staff, order);
    const [requested, awaited, overdue] = ['PaymentRequested', 'PaymentAwaited', 'PaymentOverdue'].map((name) =>
      story.find((event) => eventName(event) === name),
    );
    const { deadline: dueAt = '' } = (awaited?.data ?? {}) as { readonly deadline?: string };
    const deadline = Date.parse(dueAt);
    expect(deadline - Date.parse(requested?.time ?? '')).toBeGreaterThanOrEqual(TIMEOUT_IN_SECONDS * 1000);
    expect(Date.parse(overdue?.time ?? '')).toBeGreaterThanOrEqual(deadline);
  }
  await expectStock(staff, orders, { [desk.sku]: { received: 10 } });

  expect((await answerPayment(anyone, late, 'captured')).status).toBe(202);
  await untilIdle(anyone);
  expect(await outcomeOf(staff, late)).toEqual({ ...timedOut, payment: refunded });
  expect(await outcomeOf(staff, never)).toEqual(timedOut);
  await expectEmails(anyone, paidLate, ['rejected']);
  await expectEmails(anyone, paidNever, ['rejected']);
  await expectStock(staff, orders, { [desk.sku]: { received: 10 } });
});

test('a customer with as many unpaid orders as may wait places none until they have ended', async () => {
  const anyone = new ApiClient(host.url);
  const desk = await stockProduct(await signInStaff(anyone));
  const { api } = await newCustomer(anyone);
  const silent = paidWith('tok_silent', line(desk, 1));
  const key = { 'idempotency-key': 'first' };
  const first = await api.post('/orders', silent, key);

  // What was placed just now is not counted yet, so it takes some orders more than three.
  let refused = first;
  const next = async () => {
    refused = await api.post('/orders', silent);
    return refused.status;
  };
  await expect.poll(next, { timeout: ENDED_WITHIN_MILLIS, interval: 50 }).toBe(409);
  expectProblem(refused, 409, 'too_many_open_orders');
  const again = await api.post('/orders', silent, key);
  expect(again).toMatchObject({ status: 201, body: first.body });
  expect(again.headers.get('idempotency-replayed')).toBe('true');

  const { body } = await api.get<OrderPage>('/customers/me/orders?limit=100');
  await pMap(body.orders, ({ orderId }) => api.post(`/orders/${orderId}/cancel`, { reason: 'Too many' }));
  await expect.poll(next, { timeout: ENDED_WITHIN_MILLIS, interval: 50 }).toBe(201);
});

test('a host that was killed while an order waited rejects it when the time is up', async () => {
  const before = new ApiClient(host.url);
  const clerk = await signInStaff(before);
  const customer = await newCustomer(before);
  const desk = await stockProduct(clerk, 10);
  const order = await place(customer.api, paidWith('tok_silent', line(desk, 2)));
  const names = async () => (await storyOf(clerk, order)).map(eventName);
  await expect.poll(names, { timeout: ENDED_WITHIN_MILLIS, interval: 25 }).toContain('PaymentAwaited');
  expect(await names()).not.toContain('PaymentOverdue');
  await host.kill();

  host = await startEventspine(host.dataDirectory, settings);
  const anyone = new ApiClient(host.url);
  const staff = await signInStaff(anyone);
  await untilTimedOut(anyone, staff, order);
  await expectEmails(anyone, customer, ['rejected']);
  await expectStock(staff, [order], { [desk.sku]: { received: 10 } });
});
