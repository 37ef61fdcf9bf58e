// Many clients that place orders at once, and what has become of the orders that were acknowledged to them.

import { setTimeout as delay } from 'node:timers/promises';
import pMap from 'p-map';
import type { Answer, ApiClient } from './api-client.ts';
import type { EventsBody, OrderBody, OrderPage } from './contract-bodies.ts';
import { paidWith } from './payments.ts';
import { line, place, stockProduct } from './shop.ts';
import { type Customer, newCustomer, signInStaff } from './sign-in.ts';

export const CLIENTS = 16;

/** An order that the API has acknowledged. */
export interface Placement {
  readonly customerId: string;
  readonly orderId: string;
  readonly latencyInMillis: number;
}

export interface Crowd {
  readonly customers: readonly Customer[];
  readonly skus: readonly string[];
}

/** Customers with something to buy, and enough of it. */
export async function gatherCrowd(anyone: ApiClient): Promise<Crowd> {
  const staff = await signInStaff(anyone);
  const several = <Item>(make: () => Promise<Item>) => Promise.all(Array.from({ length: CLIENTS }, make));
  return {
    customers: await several(() => newCustomer(anyone)),
    skus: await several(async () => (await stockProduct(staff)).sku),
  };
}

/**
 * Has `CLIENTS` clients place that many orders in all, each client one after another.
 * @param attempt decides about each of them: whether it is placed, and what follows when that fails
 */
export const placeOrders = <Result>(
  { customers, skus }: Crowd,
  count: number,
  attempt: (place: () => Promise<Placement>) => Promise<Result>,
): Promise<Result[]> =>
  pMap(
    Array.from({ length: count }, (_, index) => index),
    (index) => {
      const { id: customerId, api } = itemAt(customers, index);
      return attempt(async () => {
        const startedAt = performance.now();
        const { orderId } = await place(api, paidWith('tok_ok', line({ sku: itemAt(skus, index) }, 1)));
        return { customerId, orderId, latencyInMillis: performance.now() - startedAt };
      });
    },
    { concurrency: CLIENTS },
  );

const itemAt = <Item>(items: readonly Item[], index: number): Item => items[index % items.length] as Item;

/** The acknowledged orders that the event table does not have, or has placed more than once, with what it says instead. */
export async function lostEvents(staff: ApiClient, placements: readonly Placement[]): Promise<string[]> {
  const found = await pMap(placements, ({ orderId }) => placedEvents(staff, orderId), { concurrency: CLIENTS });
  return found.filter(({ said }) => said !== '200 with 1').map(({ orderId, said }) => `${orderId}: ${said}`);
}

async function placedEvents(staff: ApiClient, orderId: string): Promise<{ orderId: string; said: string }> {
  const { status, body } = await whenAvailable(() => staff.get<Partial<EventsBody>>(`/orders/${orderId}/events`));
  const placed = body.events?.filter(({ type }) => type === 'eventspine.OrderPlaced.v1') ?? [];
  return { orderId, said: `${status} with ${placed.length}` };
}

/** A host that catches up on a busy machine may say 503: then it is asked again, as `Retry-After` says. */
export async function whenAvailable<Body>(ask: () => Promise<Answer<Body>>, attempts = 10): Promise<Answer<Body>> {
  const answer = await ask();
  if (answer.status !== 503 || attempts === 1) return answer;
  await delay(Number(answer.headers.get('retry-after')) * 1000);
  return whenAvailable(ask, attempts - 1);
}

/** The acknowledged orders that the single view does not show with that status. */
export const lostViews = (
  staff: ApiClient,
  placements: readonly Placement[],
  status: OrderBody['status'],
): Promise<string[]> =>
  lost(placements, async ({ orderId }) => {
    const answer = await staff.get<OrderBody>(`/orders/${orderId}`);
    return answer.status === 200 && answer.body.status === status;
  });

/** The acknowledged orders that their customers' lists do not show. */
export async function lostSummaries(staff: ApiClient, placements: readonly Placement[]): Promise<string[]> {
  const customerIds = [...new Set(placements.map(({ customerId }) => customerId))];
  const listed = new Set((await pMap(customerIds, (id) => listedIds(staff, id), { concurrency: CLIENTS })).flat());
  return lost(placements, async ({ orderId }) => listed.has(orderId));
}

async function lost(placements: readonly Placement[], isThere: (placement: Placement) => Promise<boolean>) {
  const checked = await pMap(placements, async (placement) => ({ placement, isThere: await isThere(placement) }), {
    concurrency: CLIENTS,
  });
  return checked.filter((each) => !each.isThere).map(({ placement }) => placement.orderId);
}

async function listedIds(staff: ApiClient, customerId: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor = '';
  do {
    const { body } = await staff.get<OrderPage>(`/customers/${customerId}/orders?limit=100${cursor}`);
    ids.push(...body.orders.map(({ orderId }) => orderId));
    cursor = body.nextCursor === undefined ? '' : `&cursor=${encodeURIComponent(body.nextCursor)}`;
  } while (cursor !== '');
  return ids;
}
