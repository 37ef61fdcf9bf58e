// Nothing is refused that is there, whatever others do with it in the meantime.
import { expect, it } from 'vitest';
import { fulfilOrders } from '../../../lambdas/shop/fulfilment/worker/handler.ts';
import { MAX_RESERVATIONS, type StockCommand, stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { escrow } from '../../../lambdas/shop/stock/escrow.ts';
import { firstStream } from '../../../lambdas/shop/stock/room.ts';
import type { EventStore } from '../../../lambdas/spine/kernel/event-store.ts';
import { run as execute } from '../../support/commands.ts';
import { expectRest } from './expectations.ts';
import { orderOf } from './standing.ts';
import { stockedWorld } from './stocked-world.ts';

const cause = { time: '2026-01-01T00:00:00.000Z', correlationId: 'c', causationId: 'c' };

/** Something happens once, right before that stream is read for the `nth` time. */
function interruptedStore(inner: EventStore, stream: string, nth: number, happens: () => Promise<unknown>): EventStore {
  let reads = 0;
  return {
    ...inner,
    async *readBackward(read) {
      if (read === stream) reads += 1;
      if (read === stream && reads === nth) await happens();
      yield* inner.readBackward(read);
    },
  };
}

const refusedBy = (orderId: string) => ({ stream: firstStream(orderId, [1, 2]), isFull: true, allotted: 0 });

it.each(['stock-A.1', 'stock-A.2'])('refuses nothing that leaves %s while the streams are read', async (read) => {
  const world = await stockedWorld({ A: 400 });
  const { store } = world;
  const onStock = (stream: string, command: StockCommand) => execute(store, stockDecider, stream, command);
  await onStock('stock-A', { type: 'OpenStreams', sku: 'A', streams: 2, isListed: true });
  await escrow(world.ports).settle('A', cause);
  for (const stream of ['stock-A.1', 'stock-A.2']) {
    for (let order = 0; order < MAX_RESERVATIONS; order += 1) {
      await onStock(stream, { type: 'ReserveStock', orderId: `full-${order}`, quantity: 1 });
    }
  }
  await onStock('stock-A', { type: 'ReserveStock', orderId: 'large', quantity: 190 });
  const replacesFull = () =>
    escrow(world.ports).makeRoom('A', { orderId: 'other', seat: 'other', quantity: 1 }, refusedBy('other'), cause);
  const interrupted = interruptedStore(store, read, 1, replacesFull);
  const ports = { ...world.ports, store: interrupted };
  expect(
    await escrow(ports).makeRoom('A', { orderId: 'O', seat: 'O', quantity: 100 }, refusedBy('O'), cause),
  ).toBeDefined();
});

it('refuses no order because of what another run of its process has just reserved for it', async () => {
  const world = await stockedWorld({ A: 2 });
  await world.place('O', 'A', 'tok_ok', 2);
  const [message] = world.waiting;
  const runWith = (store: EventStore) => fulfilOrders({ ...world.ports, store })({ Records: [message as never] });
  await runWith(diesAt('StockReserved', world.store, false));
  await execute(world.store, stockDecider, 'stock-A', { type: 'OpenStreams', sku: 'A', streams: 1, isListed: true });
  // The other run gathers the stock and reserves it, when this one has been refused by the head.
  const other = () => runWith(diesAt('StockReserved', world.store, true));
  await runWith(interruptedStore(world.store, 'stock-A', 3, other));
  await world.settle();
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'confirmed' });
  await expectRest(world, ['O'], ['A']);
});

/** A run dies when it writes that event, or right after it. */
function diesAt(type: string, inner: EventStore, isWritten: boolean): EventStore {
  let isDead = false;
  return {
    ...inner,
    async append(commit) {
      const isLast = commit.events.some((event) => event.type === type);
      if (isDead || (isLast && !isWritten)) throw new Error('this run is dead');
      isDead = isLast;
      return inner.append(commit);
    },
  };
}
