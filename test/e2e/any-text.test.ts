// Whatever people write, it comes back as it was sent, and nobody waits for it.
import { expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { EventsBody, OrderPage } from '../support/contract-bodies.ts';
import { expectEmails } from '../support/emails.ts';
import { untilIdle } from '../support/idle.ts';
import { captured, eventName, outcomeOf, refunded, storyOf } from '../support/order-outcome.ts';
import { paidWith } from '../support/payments.ts';
import { expectProblem } from '../support/problems.ts';
import { line, place, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';
import { expectStock } from '../support/stock.ts';

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);

const texts = [
  'changed my mind 😀',
  'x\uffff and \ufffe',
  '\u0001 controls \u001f\u007f\u0085\u2028',
  'לא <b>&amp; "quoted" \\u0000 \u202e',
];

test('orders are cancelled with any text while another customer’s goes through', async () => {
  const desk = await stockProduct(staff, 100, { name: `Desk ${texts.join(' ')}` });
  const cancelled = await Promise.all(
    texts.map(async (reason) => {
      const customer = await newCustomer(anyone);
      return { reason, customer, order: await place(customer.api, paidWith('tok_ok', line(desk, 2))) };
    }),
  );
  await untilIdle(anyone);
  const other = await newCustomer(anyone);
  const [answers, theirs] = await Promise.all([
    Promise.all(cancelled.map(({ reason, customer, order }) => customer.api.post(`${order.path}/cancel`, { reason }))),
    place(other.api, paidWith('tok_ok', line(desk, 1))),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(texts.map(() => 200));
  await untilIdle(anyone);

  expect(await outcomeOf(other.api, theirs)).toEqual({ status: 'confirmed', payment: captured });
  for (const { reason, customer, order } of cancelled) {
    const outcome = { status: 'cancelled', cancellation: { reason }, payment: refunded };
    expect(await outcomeOf(customer.api, order)).toEqual(outcome);
    const { body: list } = await customer.api.get<OrderPage>('/customers/me/orders');
    expect(list.orders).toMatchObject([{ orderId: order.orderId, status: 'cancelled' }]);
    const { body } = await customer.api.get<EventsBody>(`${order.path}/events`);
    for (const events of [body.events, await storyOf(customer.api, order)]) {
      const found = events.find((event) => eventName(event) === 'OrderCancelled');
      expect(found?.data).toEqual({ reason });
    }
    const emails = ['confirmed', { kind: 'cancelled', text: expect.stringContaining(reason) }];
    await expectEmails(anyone, customer, emails);
  }
  const orders = [...cancelled.map(({ order }) => order), theirs];
  await expectStock(staff, orders, { [desk.sku]: { received: 100, reserved: 1 } });
});

test.each([
  ['a NUL', '"x\\u0000"'],
  ['half of a surrogate pair', '"x\\ud83d"'],
  ['nothing but blanks', '" \\n"'],
])('a reason with %s is refused', async (_, reason) => {
  const customer = await newCustomer(anyone);
  const order = await place(customer.api, paidWith('tok_silent', line(await stockProduct(staff, 1), 1)));
  const headers = { 'content-type': 'application/json' };
  const answer = await customer.api.send('POST', `${order.path}/cancel`, { body: `{"reason":${reason}}`, headers });
  expectProblem(answer, 400, 'validation_failed');
});
