// Clients that do not give up: each places one order after another, and repeats a command that was not answered properly under
// the same idempotency key, as the contract allows.
import { setTimeout as wait } from 'node:timers/promises';
import { ulid } from 'ulid';
import { expect } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import type { OrderChanged } from '../support/contract-bodies.ts';
import type { Crowd, Placement } from '../support/load.ts';
import { paidWith } from '../support/payments.ts';
import { line, type Order } from '../support/shop.ts';

const CLIENTS = 4;
const PAUSE_IN_MILLIS = 100;
const MOST_REPEATS = 100;

export interface Persistence {
  readonly placements: readonly Placement[];
  /** How often a command had to be repeated, over all clients. */
  readonly repeats: number;
}

/** Has orders placed for as long as the work takes. */
export async function placeOrdersWhile({ customers, skus }: Crowd, work: Promise<unknown>): Promise<Persistence> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  const placements: Placement[] = [];
  let repeats = 0;
  const clients = customers.slice(0, CLIENTS).map(async ({ id: customerId, api }, index) => {
    const order = paidWith('tok_ok', line({ sku: skus[index] ?? '' }, 1));
    while (!isDone) {
      const startedAt = performance.now();
      const placed = await placePersistently(api, order);
      repeats += placed.repeats;
      placements.push({ customerId, orderId: placed.orderId, latencyInMillis: performance.now() - startedAt });
    }
  });
  await Promise.all([done, ...clients]);
  return { placements, repeats };
}

async function placePersistently(api: ApiClient, order: Order): Promise<{ orderId: string; repeats: number }> {
  const key = { 'idempotency-key': ulid() };
  for (let repeats = 0; repeats <= MOST_REPEATS; repeats += 1) {
    const answer = await api.post<OrderChanged>('/orders', order, key);
    if (answer.status < 500) {
      expect(answer).toMatchObject({ status: 201 });
      return { orderId: answer.body.orderId, repeats };
    }
    await wait(PAUSE_IN_MILLIS);
  }
  throw new Error(`An order must be taken within ${MOST_REPEATS} repeats; it was not`);
}
