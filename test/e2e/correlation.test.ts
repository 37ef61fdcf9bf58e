import { ulid } from 'ulid';
import { expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { EventsBody, OrderChanged } from '../support/contract-bodies.ts';
import { expectProblem, refusedByGateway } from '../support/problems.ts';
import { orderOf, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';

const anyone = new ApiClient(inject('target').apiUrl);
const { api: customer } = await newCustomer(anyone);
const { sku } = await stockProduct(await signInStaff(anyone));

const place = (headers: Readonly<Record<string, string>> = {}) =>
  customer.post<OrderChanged>('/orders', orderOf({ sku, quantity: 1 }), headers);

const storedIds = async (orderId: string): Promise<string[]> => {
  const { body } = await customer.get<EventsBody>(`/orders/${orderId}/events`);
  return body.events.map(({ correlationid }) => correlationid);
};

test('a correlation id is taken, returned and stored with the event', async () => {
  const placing = `placing-${ulid()}`;
  const cancelling = `cancelling-${ulid()}`;
  const placed = await place({ 'x-correlation-id': placing });
  const { orderId } = placed.body;
  const cancelled = await customer.post(
    `/orders/${orderId}/cancel`,
    { reason: 'Traced' },
    { 'x-correlation-id': cancelling },
  );
  expect(placed.headers.get('x-correlation-id')).toBe(placing);
  expect(cancelled.headers.get('x-correlation-id')).toBe(cancelling);
  expect(await storedIds(orderId)).toEqual([placing, cancelling]);
});

test('without one, an id is made, returned and stored', async () => {
  const [first, second] = [await place(), await place()];
  const minted = first.headers.get('x-correlation-id') ?? '';
  expect(minted).toMatch(/^[!-~]{1,128}$/);
  expect(second.headers.get('x-correlation-id')).not.toBe(minted);
  expect(await storedIds(first.body.orderId)).toEqual([minted]);
});

test.each([
  ['more than 128 characters', 'x'.repeat(129)],
  ['a space inside', 'two words'],
  ['no character', ''],
])('an id with %s is refused, and the answer has a good one', async (_, id) => {
  for (const answer of [
    await place({ 'x-correlation-id': id }),
    await anyone.get('/products', { 'x-correlation-id': id }),
  ]) {
    expectProblem(answer, 400, 'validation_failed');
    expect(answer.headers.get('x-correlation-id')).not.toBe(id);
  }
});

test('every answer carries the id: a query, an unknown path, a missing token', async () => {
  const id = ulid();
  for (const [path, status] of [
    ['/products', 200],
    ['/health', 200],
    ['/openapi.json', 200],
    ['/nowhere', 404],
    ['/orders/A', 401],
  ] as const) {
    const answer = await anyone.get(path, { 'x-correlation-id': id });
    expect({ path, status: answer.status }).toEqual({ path, status });
    if (!refusedByGateway(answer)) expect(answer.headers.get('x-correlation-id')).toBe(id);
  }
});
