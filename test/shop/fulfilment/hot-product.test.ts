// A product in demand: its stock spreads over streams by itself, and a refusal leaves nothing behind.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type StockKeeper, stockKeeper } from '../../../lambdas/shop/fulfilment/worker/stock.ts';
import { MAX_ACTIVE, MAX_RESERVATIONS, stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { keptStreams } from '../../../lambdas/spine/kernel/execution/kept-streams.ts';
import { packState } from '../../../lambdas/spine/kernel/execution/state-rider.ts';
import { commandSender } from '../../../lambdas/spine/process/command-sender.ts';
import { run as execute } from '../../support/commands.ts';
import { expectRest } from './expectations.ts';
import { orderOf, productOf, stockOf } from './standing.ts';
import { stockedWorld } from './stocked-world.ts';

const cause = { time: '2026-01-01T00:00:00.000Z', correlationId: 'c', causationId: 'c' };

const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `O${index}`);

it('opens streams when the writers of one keep meeting, long before it is full', async () => {
  const world = await stockedWorld({ A: 500 });
  const orderIds = idsOf(20);
  for (const orderId of orderIds) await world.place(orderId);
  await Promise.all(orderIds.map((_, index) => world.run({ picks: [index], pace: [1] })));
  const [head] = await stockOf(world, 'A');
  expect(head?.opened).toBeGreaterThanOrEqual(2);
  await world.settle();
  expect(await productOf(world, 'A')).toMatchObject({ onHand: 500, available: 480 });
  await expectRest(world, orderIds, ['A']);
});

it('writes nothing to stock for an order that it refuses', async () => {
  const world = await stockedWorld({ A: 1 });
  await world.place('first');
  await world.settle();
  const before = world.commits.filter(({ stream }) => stream.startsWith('stock-')).length;
  await world.place('O');
  await world.settle();
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'rejected' });
  expect(world.commits.filter(({ stream }) => stream.startsWith('stock-'))).toHaveLength(before);
  await expectRest(world, ['first', 'O'], ['A']);
});

it('takes one line from stock that is spread over streams with too little in each', async () => {
  const world = await stockedWorld({ A: 8 });
  await execute(world.store, stockDecider, 'stock-A', { type: 'OpenStreams', sku: 'A', streams: 4, isListed: true });
  const orderIds = idsOf(8);
  for (const orderId of orderIds) await world.place(orderId);
  await world.settle();
  for (const orderId of orderIds) expect(await orderOf(world, orderId)).toMatchObject({ stage: 'confirmed' });
  expect(await productOf(world, 'A')).toMatchObject({ onHand: 8, available: 0 });
  await expectRest(world, orderIds, ['A']);
});

it('keeps the head small while streams are opened and replaced, and its stock whole', { timeout: 60_000 }, async () => {
  const world = await stockedWorld({ A: 100_000 });
  const ports = () => ({ ...world.ports, kept: keptStreams() });
  const keepers = Array.from({ length: 40 }, () => stockKeeper(ports(), commandSender(ports(), world.ports.newId)));
  const reserve = async (keeper: StockKeeper, orderId: string) => {
    let stream = await keeper.firstStream('A');
    for (;;) {
      const reserved = await keeper.reserve({ sku: 'A', orderId, quantity: 1, stream }, cause);
      if (reserved.kind !== 'moved') return expect(reserved.kind).toBe('reserved');
      stream = reserved.to;
    }
  };
  for (let round = 0; round < 30; round += 1) {
    await Promise.all(keepers.map((keeper, index) => reserve(keeper, `O${round}-${index}`)));
    const [head] = await stockOf(world, 'A');
    expect(head?.transfers.length).toBeLessThanOrEqual(MAX_ACTIVE + 12);
    expect(packState({ generation: 1 }, head).byteLength).toBeLessThanOrEqual(1_024);
  }
  const { onHand, available, reservations } = await productOf(world, 'A');
  expect({ onHand, available, orders: Object.keys(reservations).length }).toEqual({
    ...{ onHand: 100_000, available: 98_800, orders: 1_200 },
  });
  const ofHead = world.commits.filter(({ stream }) => stream === 'stock-A').length;
  expect(ofHead).toBeLessThan(120);
});

it('comes to rest with stock right when runs that meet at it die', { timeout: 120_000 }, async () => {
  const runs = fc.array(
    fc.record({
      diesAfter: fc.option(fc.nat(9), { nil: undefined, freq: 2 }),
      pace: fc.constantFrom([0], [1], [0, 2]),
    }),
    { minLength: 20, maxLength: 40, size: 'max' },
  );
  await fc.assert(
    fc.asyncProperty(runs, fc.integer({ min: 32, max: 700 }), async (hows, onHand) => {
      const world = await stockedWorld({ A: onHand });
      const orderIds = idsOf(hows.length);
      for (const orderId of orderIds) await world.place(orderId);
      await Promise.all(hows.map((how, index) => world.run({ ...how, picks: [index] })));
      await world.settle();
      await expectRest(world, orderIds, ['A']);
    }),
    { numRuns: 20 },
  );
});

it('finds the places again that others have given back in a stream that it knows as full', async () => {
  const world = await stockedWorld({ A: 100 });
  await execute(world.store, stockDecider, 'stock-A', { type: 'OpenStreams', sku: 'A', streams: 1, isListed: true });
  const ports = { ...world.ports, kept: keptStreams() };
  const keeper = stockKeeper(ports, commandSender(ports, ports.newId));
  for (const orderId of idsOf(MAX_RESERVATIONS)) {
    await keeper.reserve({ sku: 'A', orderId, quantity: 1, stream: await keeper.firstStream('A') }, cause);
  }
  for (const orderId of idsOf(MAX_RESERVATIONS)) {
    await execute(world.store, stockDecider, 'stock-A.1', { type: 'ShipStock', orderId });
  }
  const line = { sku: 'A', orderId: 'next', quantity: 1, stream: await keeper.firstStream('A') };
  expect(await keeper.reserve(line, cause)).toMatchObject({ kind: 'reserved' });
});
