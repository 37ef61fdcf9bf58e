// A product in demand: its stock spreads over streams by itself, and a refusal leaves nothing behind.
import { expect, it } from 'vitest';
import { stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { run as execute } from '../../support/commands.ts';
import { expectRest, orderOf, productOf, stockOf } from './expectations.ts';
import { stockedWorld } from './stocked-world.ts';

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
