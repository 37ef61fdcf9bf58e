// An order is cancelled at each stage of its fulfilment: whatever was reserved or taken is given back.
import { expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { expectEmails } from '../support/emails.ts';
import { untilIdle } from '../support/idle.ts';
import { captured, eventName, outcomeOf, refunded, storyOf } from '../support/order-outcome.ts';
import { answerPayment, paidWith } from '../support/payments.ts';
import { expectProblem } from '../support/problems.ts';
import { line, type PlacedOrder, place, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';
import { expectStock } from '../support/stock.ts';

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);
const reason = 'Changed my mind';
const cancellation = { reason };

const cancel = (api: ApiClient, { path }: PlacedOrder) => api.post(`${path}/cancel`, { reason });

test('just placed: many are cancelled while their fulfilment begins, and none keeps stock or money', async () => {
  const desk = await stockProduct(staff, 100);
  const tokens = ['tok_ok', 'tok_flaky', 'tok_silent'] as const;
  const cancelled = await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const customer = await newCustomer(anyone);
      const order = await place(customer.api, paidWith(tokens[index % tokens.length] ?? 'tok_ok', line(desk, 2)));
      expect((await cancel(customer.api, order)).status).toBe(200);
      return { customer, order };
    }),
  );
  await untilIdle(anyone);

  for (const { customer, order } of cancelled) {
    const names = (await storyOf(staff, order)).map(eventName);
    const count = (name: string) => names.filter((each) => each === name).length;
    const isPaid = names.includes('PaymentCaptured');
    const payment = isPaid ? { payment: refunded } : {};
    expect(await outcomeOf(staff, order)).toEqual({ status: 'cancelled', cancellation, ...payment });
    expect([count('PaymentCaptured'), count('PaymentRefunded')]).toEqual(isPaid ? [1, 1] : [0, 0]);
    const confirmed = names.includes('OrderConfirmed') ? ['confirmed'] : [];
    await expectEmails(anyone, customer, [...confirmed, 'cancelled']);
  }
  const orders = cancelled.map(({ order }) => order);
  await expectStock(staff, orders, { [desk.sku]: { received: 100 } });
});

test('awaiting payment: its stock is released, and a capture that comes later is refunded', async () => {
  const customer = await newCustomer(anyone);
  const [desk, lamp] = [await stockProduct(staff, 10), await stockProduct(staff, 10)];
  const order = await place(customer.api, paidWith('tok_silent', line(desk, 2), line(lamp, 3)));
  await untilIdle(anyone);
  expect((await cancel(customer.api, order)).status).toBe(200);
  await untilIdle(anyone);
  expect(await outcomeOf(customer.api, order)).toEqual({ status: 'cancelled', cancellation });
  const released = { [desk.sku]: { received: 10 }, [lamp.sku]: { received: 10 } };
  await expectStock(staff, [order], released);

  expect((await answerPayment(anyone, order, 'captured')).status).toBe(202);
  await untilIdle(anyone);
  expect(await outcomeOf(customer.api, order)).toEqual({ status: 'cancelled', cancellation, payment: refunded });
  await expectEmails(anyone, customer, ['cancelled']);
  await expectStock(staff, [order], released);
});

test.each(['its owner', 'staff'])('confirmed: cancelled by %s, it is refunded and its stock released', async (by) => {
  const customer = await newCustomer(anyone);
  const [desk, lamp] = [await stockProduct(staff, 10), await stockProduct(staff, 10)];
  const order = await place(customer.api, paidWith('tok_ok', line(desk, 2), line(lamp, 3)));
  await untilIdle(anyone);
  const confirmed = await outcomeOf(customer.api, order);
  expect(confirmed).toEqual({ status: 'confirmed', payment: captured });
  expect((await cancel(by === 'staff' ? staff : customer.api, order)).status).toBe(200);
  await untilIdle(anyone);

  const payment = { status: 'refunded', transactionId: confirmed.payment?.transactionId };
  expect(await outcomeOf(customer.api, order)).toEqual({ status: 'cancelled', cancellation, payment });
  await expectEmails(anyone, customer, ['confirmed', 'cancelled']);
  await expectStock(staff, [order], { [desk.sku]: { received: 10 }, [lamp.sku]: { received: 10 } });
});

test('shipped, rejected or cancelled already: it cannot be cancelled, and nothing changes', async () => {
  const customer = await newCustomer(anyone);
  const desk = await stockProduct(staff, 10);
  const [shipped, rejected, cancelled] = await Promise.all([
    place(customer.api, paidWith('tok_ok', line(desk, 2))),
    place(customer.api, paidWith('tok_declined', line(desk, 1))),
    place(customer.api, paidWith('tok_silent', line(desk, 1))),
  ]);
  await untilIdle(anyone);
  await staff.post(`${shipped.path}/ship`, { carrier: 'DHL', trackingNumber: '1' });
  await cancel(customer.api, cancelled);
  await untilIdle(anyone);

  for (const order of [shipped, rejected, cancelled]) {
    const before = await storyOf(customer.api, order);
    expectProblem(await cancel(customer.api, order), 409, 'order_not_cancellable');
    await untilIdle(anyone);
    expect(await storyOf(customer.api, order)).toEqual(before);
  }
  const mailed = [
    { orderId: shipped.orderId, kind: 'confirmed' },
    { orderId: shipped.orderId, kind: 'shipped' },
    { orderId: rejected.orderId, kind: 'rejected' },
    { orderId: cancelled.orderId, kind: 'cancelled' },
  ];
  await expectEmails(anyone, customer, mailed, { inAnyOrder: true });
  const orders = [shipped, rejected, cancelled];
  await expectStock(staff, orders, { [desk.sku]: { received: 10, shipped: 2 } });
});
