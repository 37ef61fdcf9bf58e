// Commands of clients that do not give up: they send a command again, with its key, until somebody answers for good.
import { setTimeout as delay } from 'node:timers/promises';
import { ulid } from 'ulid';
import { expect } from 'vitest';
import type { Answer, ApiClient } from './api-client.ts';
import type { OrderChanged, ProductChanged } from './contract-bodies.ts';
import { answerPayment } from './payments.ts';
import type { ListedProduct, Order } from './shop.ts';

const ATTEMPTS = 20;
const PAUSE_IN_MILLIS = 100;

/** @throws AssertionError when the last answer is none of that status */
export async function untilAnswered<Body>(ask: () => Promise<Answer<Body>>, status: number): Promise<Answer<Body>> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask();
    if (answer.status === status) return answer;
    if (answer.status < 500 || attempt === ATTEMPTS) expect(answer).toMatchObject({ status });
    await delay(PAUSE_IN_MILLIS);
  }
}

export async function order(customer: ApiClient, wanted: Order): Promise<string> {
  const key = { 'idempotency-key': ulid() };
  const { body } = await untilAnswered(() => customer.post<OrderChanged>('/orders', wanted, key), 201);
  return body.orderId;
}

export async function cancel(customer: ApiClient, orderId: string): Promise<void> {
  const key = { 'idempotency-key': ulid() };
  await untilAnswered(() => customer.post(`/orders/${orderId}/cancel`, { reason: 'Enough' }, key), 200);
}

/** Receives one piece more. */
export async function restock(staff: ApiClient, { sku }: Pick<ListedProduct, 'sku'>): Promise<void> {
  const key = { 'idempotency-key': ulid() };
  await untilAnswered(() => staff.post<ProductChanged>(`/products/${sku}/stock`, { quantity: 1 }, key), 200);
}

/** The provider's answer, which it gives as soon as it has been asked and repeats until it is taken. */
export async function pay(anyone: ApiClient, orderId: string, withinMillis: number): Promise<void> {
  const ask = async () => (await answerPayment(anyone, { orderId }, 'captured')).status;
  await expect.poll(ask, { timeout: withinMillis, interval: 250 }).toBe(202);
}
