// What goes on while a rebuild runs: orders are placed, and orders and lists of before are read. A read that fails, goes back or
// misses what was there ends the bench.
import { setTimeout as wait } from 'node:timers/promises';
import type { ApiClient } from '../../test/support/api-client.ts';
import { buy, type Shop } from '../host/shoppers.ts';
import { commitsOf } from '../rebuild/log.ts';

export interface Traffic {
  readonly reads: number;
  readonly placed: number;
}

const BUYERS = 2;
const ORDERS_AT_ONCE = 8;

/** Those of before are there already, or come with the rebuild: `areThere`. */
export async function trafficUntil(
  staff: ApiClient,
  shop: Shop,
  { orders, areThere }: { readonly orders: number; readonly areThere: boolean },
  work: Promise<unknown>,
): Promise<Traffic> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  const seen = new Map<string, number>();
  const traffic = { reads: 0, placed: 0 };
  const place = async () => {
    while (!isOver) {
      await buy(shop, BUYERS, ORDERS_AT_ONCE);
      traffic.placed += ORDERS_AT_ONCE;
    }
  };
  const read = async () => {
    while (!isOver) {
      await readOne(staff, Math.floor(Math.random() * orders), areThere, seen);
      traffic.reads += 2;
      await wait(20);
    }
  };
  await Promise.all([over, place(), read()]);
  return traffic;
}

/** @param seen versions that were answered before */
async function readOne(staff: ApiClient, at: number, areThere: boolean, seen: Map<string, number>): Promise<void> {
  const [orderId, customerId] = idsOf(at);
  const { status, body } = await staff.get<{ version: number }>(`/orders/${orderId}`);
  const least = seen.get(orderId) ?? (areThere ? 1 : 0);
  const version = status === 200 ? body.version : status === 404 ? 0 : Number.NaN;
  if (!(version >= least)) throw new Error(`GET /orders/${orderId}: ${status}, version ${version} after ${least}`);
  seen.set(orderId, version);
  const list = await staff.get<{ orders: unknown[] }>(`/customers/${customerId}/orders`);
  const isRight = list.status === 200 && (!areThere || list.body.orders.length > 0);
  if (!isRight) throw new Error(`The list of ${customerId}: ${list.status}, ${JSON.stringify(list.body)}`);
}

function idsOf(order: number): [orderId: string, customerId: string] {
  const orderId = commitsOf(order)[0]?.causationId ?? '';
  return [orderId, `customer-${orderId.slice(-3)}`];
}
