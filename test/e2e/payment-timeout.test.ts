// The payment provider does not answer in time, on hosts that wait for it only some seconds.
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { emailKinds } from '../support/emails.ts';
import { type Eventspine, newDataDirectory, startEventspine } from '../support/eventspine.ts';
import { untilIdle } from '../support/idle.ts';
import { outcomeOf, refunded } from '../support/order-outcome.ts';
import { answerPayment, paidWith } from '../support/payments.ts';
import { line, type PlacedOrder, place, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';
import { expectStock } from '../support/stock.ts';

const settings = { PAYMENT_TIMEOUT_SECONDS: '5' };
const ENDED_WITHIN_MILLIS = 20_000;
const timedOut = { status: 'rejected', rejection: { code: 'payment_timeout' } };

let host: Eventspine;

beforeEach(async () => {
  host = await startEventspine(await newDataDirectory(), settings);
});

afterEach(async () => {
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
  const [paidLate, paidNever, paidInTime] = [
    await newCustomer(anyone),
    await newCustomer(anyone),
    await newCustomer(anyone),
  ];
  const silent = paidWith('tok_silent', line(desk, 2));
  const [late, never, inTime] = await Promise.all([
    place(paidLate.api, silent),
    place(paidNever.api, silent),
    place(paidInTime.api, silent),
  ]);
  await untilIdle(anyone);
  const orders = [late, never, inTime];
  for (const order of orders) expect(await outcomeOf(staff, order)).toEqual({ status: 'placed' });
  await expectStock(staff, orders, { [desk.sku]: { received: 10, reserved: 6 } });
  expect((await answerPayment(anyone, inTime, 'captured')).status).toBe(202);

  await untilTimedOut(anyone, staff, late);
  await untilTimedOut(anyone, staff, never);
  await expectStock(staff, orders, { [desk.sku]: { received: 10, reserved: 2 } });

  expect((await answerPayment(anyone, late, 'captured')).status).toBe(202);
  await untilIdle(anyone);
  expect(await outcomeOf(staff, late)).toEqual({ ...timedOut, payment: refunded });
  expect(await outcomeOf(staff, never)).toEqual(timedOut);
  expect(await outcomeOf(staff, inTime)).toMatchObject({ status: 'confirmed' });
  expect(await emailKinds(anyone, paidLate)).toEqual(['rejected']);
  expect(await emailKinds(anyone, paidNever)).toEqual(['rejected']);
  expect(await emailKinds(anyone, paidInTime)).toEqual(['confirmed']);
  await expectStock(staff, orders, { [desk.sku]: { received: 10, reserved: 2 } });
});

test('a host that was killed while an order waited rejects it when the time is up', async () => {
  const before = new ApiClient(host.url);
  const clerk = await signInStaff(before);
  const customer = await newCustomer(before);
  const desk = await stockProduct(clerk, 10);
  const order = await place(customer.api, paidWith('tok_silent', line(desk, 2)));
  await untilIdle(before);
  expect(await outcomeOf(clerk, order)).toEqual({ status: 'placed' });
  await host.kill();

  host = await startEventspine(host.dataDirectory, settings);
  const anyone = new ApiClient(host.url);
  const staff = await signInStaff(anyone);
  await untilTimedOut(anyone, staff, order);
  expect(await emailKinds(anyone, customer)).toEqual(['rejected']);
  await expectStock(staff, [order], { [desk.sku]: { received: 10 } });
});
