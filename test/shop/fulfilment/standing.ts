// Where orders, their fulfilment and stock stand.
import { fulfilmentDecider } from '../../../lambdas/shop/fulfilment/decider.ts';
import { orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import { stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { freeOf, type StockState } from '../../../lambdas/shop/stock/state.ts';
import { stockStream } from '../../../lambdas/shop/stock/streams.ts';
import type { EventStore } from '../../../lambdas/spine/kernel/event-store.ts';
import { loadStream } from '../../../lambdas/spine/kernel/execution/stream-state.ts';

/** What has a log. */
export interface Logged {
  readonly store: EventStore;
}

export const orderOf = async ({ store }: Logged, orderId: string) =>
  (await loadStream(store, orderDecider, `order-${orderId}`)).state;

export const fulfilmentOf = async ({ store }: Logged, orderId: string) =>
  (await loadStream(store, fulfilmentDecider, `fulfilment-${orderId}`)).state;

/** The product's stock streams, the head first. */
export async function stockOf({ store }: Logged, sku: string): Promise<StockState[]> {
  const load = async (number: number) => (await loadStream(store, stockDecider, stockStream(sku, number))).state;
  const head = await load(0);
  return [head, ...(await Promise.all(Array.from({ length: head.opened }, (_, index) => load(index + 1))))];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Over all streams, with what is on its way between them. */
export const productOf = async (world: Logged, sku: string) => {
  const streams = await stockOf(world, sku);
  const [head] = streams;
  const onItsWay = (head?.transfers ?? []).map(({ id, stream, quantity }) => {
    const { done } = streams[stream] as StockState;
    if (quantity === undefined) return done.id === id ? done.returned : 0;
    return done.id < id ? quantity : 0;
  });
  const reservations: Record<string, number> = {};
  for (const stream of streams) {
    for (const [orderId, quantity] of stream.reservations) {
      reservations[orderId] = (reservations[orderId] ?? 0) + quantity;
    }
  }
  return {
    onHand: sum([...streams.map(({ onHand }) => onHand), ...onItsWay]),
    available: sum([...streams.map(freeOf), ...onItsWay]),
    reservations,
  };
};
