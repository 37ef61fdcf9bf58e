// One order on an idle host, as its customer sees it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../../test/support/api-client.ts';
import type { OrderChanged } from '../../test/support/contract-bodies.ts';
import { orderOf, placedOrder } from '../../test/support/shop.ts';

const PAUSE_IN_MILLIS = 4;
const LIMIT_IN_MILLIS = 20_000;

export interface OneOrder {
  /** When the answer to the command came, which was after the commit; milliseconds since the epoch. */
  readonly answeredAt: number;
  /** From then on, in milliseconds, until a reader without a consistency token sees the order. */
  readonly visible: number;
  readonly confirmed: number;
}

/** @throws Error when the order is not confirmed in time */
export async function placeAndWatch(customer: ApiClient, sku: string): Promise<OneOrder> {
  const answer = await customer.post<OrderChanged>('/orders', {
    ...orderOf({ sku, quantity: 1 }),
    paymentToken: 'tok_ok',
  });
  const answeredAt = Date.now();
  const startedAt = performance.now();
  const since = (): number => performance.now() - startedAt;
  const { path } = placedOrder(answer);
  let visible: number | undefined;
  while (since() < LIMIT_IN_MILLIS) {
    const { status, body } = await customer.get<{ status: string }>(path);
    if (status === 200) visible ??= since();
    if (visible !== undefined && body.status === 'confirmed') return { answeredAt, visible, confirmed: since() };
    await sleep(PAUSE_IN_MILLIS);
  }
  throw new Error(`${path} should be confirmed within ${LIMIT_IN_MILLIS} ms`);
}
