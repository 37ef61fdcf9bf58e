// What an order is agreed on, whom it is confirmed to, and what of it is told to nobody.
import { expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { EventsBody, OrderChanged, OrderPage } from '../support/contract-bodies.ts';
import { expectEmails } from '../support/emails.ts';
import { untilIdle } from '../support/idle.ts';
import { captured, outcomeOf, storyOf } from '../support/order-outcome.ts';
import { paidWith } from '../support/payments.ts';
import { expectProblem } from '../support/problems.ts';
import { line, place, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff, tokenFor } from '../support/sign-in.ts';

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);

test('an order is placed at the total that its customer has seen, and at no other', async () => {
  const { api } = await newCustomer(anyone);
  const desk = await stockProduct(staff, 10, { unitPrice: 12_500 });
  const order = { ...paidWith('tok_ok', line(desk, 2)), expectedTotal: 25_000 };
  const key = { 'idempotency-key': 'agreed' };
  const first = await api.post<OrderChanged>('/orders', order, key);
  expect(first.status).toBe(201);

  await staff.post(`/products/${desk.sku}/price`, { unitPrice: 13_000 });
  const problem = expectProblem(await api.post('/orders', order), 409, 'total_changed');
  expect(problem).toMatchObject({ total: 26_000, currency: 'EUR' });
  expect(await api.post('/orders', order, key)).toMatchObject({ status: 201, body: first.body });
  expect((await api.post('/orders', { ...order, expectedTotal: problem.total })).status).toBe(201);
  await untilIdle(anyone);
  const { body } = await api.get<OrderPage>('/customers/me/orders');
  expect(body.orders.map(({ total }) => total)).toEqual([26_000, 25_000]);
});

test('an order of a customer whose address is not verified goes its way, and no e-mail is sent', async () => {
  const { id, email, api } = await newCustomer(anyone);
  const unverified = anyone.as(await tokenFor(anyone, { sub: id, email, emailVerified: false }));
  const desk = await stockProduct(staff, 10);
  const orders = [await place(unverified, paidWith('tok_ok', line(desk, 1)))];
  await untilIdle(anyone);
  await expectEmails(anyone, { email }, []);
  orders.push(await place(api, paidWith('tok_ok', line(desk, 1))));
  await untilIdle(anyone);
  for (const order of orders) expect(await outcomeOf(staff, order)).toEqual({ status: 'confirmed', payment: captured });
  await expectEmails(anyone, { email }, [{ kind: 'confirmed', orderId: orders[1]?.orderId ?? '' }]);
});

test('what pays an order is shown to nobody, in its events and in its story', async () => {
  const { api } = await newCustomer(anyone);
  const order = await place(api, paidWith('tok_ok', line(await stockProduct(staff, 10), 1)));
  await untilIdle(anyone);
  for (const reader of [api, staff]) {
    const { body } = await reader.get<EventsBody>(`${order.path}/events`);
    const told = [body.events, await storyOf(reader, order)];
    expect(JSON.stringify(told)).not.toContain('tok_ok');
    const tokens = told.map((events) => events.flatMap(({ data }) => Object.entries(data as object)));
    const shown = tokens.map((fields) => fields.filter(([name]) => name === 'paymentToken').map(([, value]) => value));
    expect(shown).toEqual([['[redacted]'], ['[redacted]', '[redacted]', '[redacted]']]);
  }
});
