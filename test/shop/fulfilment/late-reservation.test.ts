// A run that waited while its order ended may still reserve something for it. Whether it lives to tell of it or dies: nothing stays
// reserved for an order that has ended.
import { expect, it } from 'vitest';
import { stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { run as execute } from '../../support/commands.ts';
import { heldRun, type World } from './held-run.ts';
import { orderOf, productOf } from './standing.ts';
import { stockedWorld } from './stocked-world.ts';

const receive = ({ store }: World, quantity: number) =>
  execute(store, stockDecider, 'stock-A', { type: 'ReceiveStock', sku: 'A', quantity, isListed: true });

/** An order that found nothing left, and the run of its first message, which is held since before that. */
async function refusedWhileHeld(world: World, hold: () => ReturnType<typeof heldRun>) {
  await world.place('first');
  await world.live(0);
  await world.place('O');
  const run = hold();
  await run.reached;
  await world.live(0);
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'rejected' });
  return run;
}

it('gives back what a run has reserved for an order that had ended while it waited for a product in demand', async () => {
  const world = await stockedWorld({ A: 1 });
  const run = await refusedWhileHeld(world, () => heldRun(world));
  await receive(world, 5);
  await run.letGo();
  expect(world.typesOf('stock-A').slice(-2)).toEqual(['StockReserved', 'StockReleased']);
  expect((await productOf(world, 'A')).reservations).toEqual({ first: 1 });
});

it('gives back what a run has reserved for an order that had ended, and died before it told anybody', async () => {
  const world = await stockedWorld({ A: 1 });
  let isDead = false;
  const dying = () =>
    heldRun(
      world,
      async (commit) => {
        const result = await world.ports.store.append(commit);
        isDead ||= commit.events.some(({ type }) => type === 'StockReserved');
        return result;
      },
      () => isDead,
    );
  const run = await refusedWhileHeld(world, dying);
  await receive(world, 5);
  await run.letGo();
  expect((await productOf(world, 'A')).reservations).toEqual({ first: 1, O: 1 });
  await world.live(3_600);
  expect((await productOf(world, 'A')).reservations).toEqual({ first: 1 });
});
