// What holds of every world that has come to rest.
import { expect } from 'vitest';
import { fulfilmentDecider } from '../../../lambdas/shop/fulfilment/decider.ts';
import { orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import { paymentDecider } from '../../../lambdas/shop/payments/decider.ts';
import { stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { freeOf, type StockState } from '../../../lambdas/shop/stock/state.ts';
import { stockStream } from '../../../lambdas/shop/stock/streams.ts';
import { eventId } from '../../../lambdas/spine/kernel/envelope.ts';
import { loadStream } from '../../../lambdas/spine/kernel/execution/stream-state.ts';
import type { FulfilmentWorld } from './world.ts';

export const orderOf = async ({ store }: FulfilmentWorld, orderId: string) =>
  (await loadStream(store, orderDecider, `order-${orderId}`)).state;

export const fulfilmentOf = async ({ store }: FulfilmentWorld, orderId: string) =>
  (await loadStream(store, fulfilmentDecider, `fulfilment-${orderId}`)).state;

/** The product's stock streams, the head first. */
export async function stockOf({ store }: FulfilmentWorld, sku: string): Promise<StockState[]> {
  const load = async (number: number) => (await loadStream(store, stockDecider, stockStream(sku, number))).state;
  const head = await load(0);
  return [head, ...(await Promise.all(Array.from({ length: head.opened }, (_, index) => load(index + 1))))];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Over all streams, with what is on its way between them. */
export const productOf = async (world: FulfilmentWorld, sku: string) => {
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

/** Every process has ended or waits for the shipment, stock and money fit the orders, and each order's story is whole. */
export async function expectRest(world: FulfilmentWorld, orderIds: readonly string[], skus: readonly string[]) {
  for (const orderId of orderIds) await expectOrderAtRest(world, orderId);
  for (const orderId of orderIds) expect(untoldBookings(world, orderId)).toEqual([]);
  for (const sku of skus) await expectStockEquation(world, sku, orderIds);
}

async function expectOrderAtRest(world: FulfilmentWorld, orderId: string): Promise<void> {
  const order = await orderOf(world, orderId);
  const fulfilment = await fulfilmentOf(world, orderId);
  const transactionId = world.provider.captured.get(orderId);
  const keepsMoney = order.stage === 'confirmed' || order.stage === 'shipped';
  expect(['confirmed', 'rejected', 'cancelled', 'shipped']).toContain(order.stage);
  expect(fulfilment.stage).toBe(order.stage === 'confirmed' ? 'confirmed' : 'ended');
  if (keepsMoney) expect(transactionId).toBeDefined();
  expect(world.provider.charges.filter((charge) => charge.startsWith(`tx-${orderId}-`))).toHaveLength(
    transactionId === undefined ? 0 : 1,
  );
  if (transactionId === undefined) return;
  expect(world.provider.refunds.get(transactionId) ?? 0).toBe(keepsMoney ? 0 : 1);
  const { state } = await loadStream(world.store, paymentDecider, `payment-${orderId}`);
  expect(state.stage).toBe(keepsMoney ? 'captured' : 'refunded');
  if (!keepsMoney) expect(order).toMatchObject({ isRefunded: true });
}

/** What was booked in stock for the order and no event of its fulfilment names. */
function untoldBookings({ commits }: FulfilmentWorld, orderId: string): string[] {
  const told = commits.filter(({ stream }) => stream === `fulfilment-${orderId}`).map(({ causationId }) => causationId);
  return commits
    .filter(({ stream }) => stream.startsWith('stock-'))
    .flatMap(({ stream, version, events }) =>
      events.map(({ type, data }, index) => ({ type, data, id: eventId({ stream, version: version + index }) })),
    )
    .filter(({ data }) => 'orderId' in (data as object) && (data as { orderId: string }).orderId === orderId)
    .filter(({ id }) => !told.includes(id))
    .map(({ type, id }) => `${type} ${id}`);
}

async function expectStockEquation(world: FulfilmentWorld, sku: string, orderIds: readonly string[]): Promise<void> {
  const { onHand, available, reservations } = await productOf(world, sku);
  const moved = (type: string): number =>
    world.commits
      .filter(({ stream }) => stream === `stock-${sku}` || stream.startsWith(`stock-${sku}.`))
      .flatMap(({ events }) => events)
      .reduce((sum, event) => (event.type === type ? sum + (event.data as { quantity: number }).quantity : sum), 0);
  expect(onHand).toBe(moved('StockReceived') - moved('StockShipped'));
  expect(available).toBe(onHand - Object.values(reservations).reduce((sum, quantity) => sum + quantity, 0));
  expect(available).toBeGreaterThanOrEqual(0);
  for (const orderId of orderIds) {
    const { stage } = await orderOf(world, orderId);
    const fulfilment = await fulfilmentOf(world, orderId);
    const lines = fulfilment.stage === 'none' ? [] : fulfilment.order.lines;
    const ordered = lines.find((line) => line.sku === sku)?.quantity;
    expect(reservations[orderId]).toBe(stage === 'confirmed' ? ordered : undefined);
  }
  await expectNothingStranded(world, sku);
}

/**
 * What is free is where an order finds it: in the head, in a stream that the head knows to be in use, or on the way between the
 * two, which is completed before an order is refused.
 */
async function expectNothingStranded(world: FulfilmentWorld, sku: string): Promise<void> {
  const [head, ...others] = await stockOf(world, sku);
  const isFound = (stream: number): boolean =>
    head?.active.includes(stream) || head?.transfers.some((transfer) => transfer.stream === stream) || false;
  const stranded = others.filter((state, index) => freeOf(state) > 0 && !isFound(index + 1));
  expect(stranded).toEqual([]);
}
