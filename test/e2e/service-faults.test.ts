// What functions call is away for some seconds: everything that hangs on it waits, and then happens once.
import { expect, inject } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { expectEmails } from '../support/emails.ts';
import { plan } from '../support/faults.ts';
import { untilIdle } from '../support/idle.ts';
import { captured, outcomeOf } from '../support/order-outcome.ts';
import { paidWith } from '../support/payments.ts';
import { line, place, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';
import { expectStock } from '../support/stock.ts';
import { onLocalHost } from '../support/target.ts';

const { test } = onLocalHost;

const SECONDS = 3;
const ENDED_WITHIN_MILLIS = 60_000;

test('an order whose provider, mailer and read model’s queue are down is confirmed, told and shown when they are back', async () => {
  const anyone = new ApiClient(inject('target').apiUrl);
  const [staff, customer] = [await signInStaff(anyone), await newCustomer(anyone)];
  const desk = await stockProduct(staff, 5);
  const deadLetters = async () =>
    (await untilIdle(anyone, ENDED_WITHIN_MILLIS)).queues.map((queue) => queue.deadLetters);
  const before = await deadLetters();
  await plan(anyone, { service: 'payments', mode: 'down', seconds: SECONDS });
  await plan(anyone, { service: 'email', mode: 'down', seconds: 2 * SECONDS });
  await plan(anyone, { service: 'queue', name: 'order-detail', mode: 'down', seconds: SECONDS });
  const order = await place(customer.api, paidWith('tok_ok', line(desk, 2)));
  expect((await customer.api.get(order.path)).status).toBe(404);

  const paid = { status: 'confirmed', payment: captured };
  const outcome = () => outcomeOf(customer.api, order).catch(() => undefined);
  await expect.poll(outcome, { timeout: ENDED_WITHIN_MILLIS, interval: 100 }).toEqual(paid);
  // What waits is delayed, and so no sign of work: the e-mail itself tells that all is done.
  await expect
    .poll(
      () =>
        expectEmails(anyone, customer, ['confirmed']).then(
          () => 'sent',
          () => 'not yet',
        ),
      {
        timeout: ENDED_WITHIN_MILLIS,
        interval: 100,
      },
    )
    .toBe('sent');
  expect(await deadLetters()).toEqual(before);
  await expectEmails(anyone, customer, ['confirmed']);
  await expectStock(staff, [order], { [desk.sku]: { received: 5, reserved: 2 } });
});
