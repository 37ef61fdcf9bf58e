// A run that waited while its order ended may still reserve something for it. Whether it lives to tell of it or dies: nothing stays
// reserved for an order that has ended.
import { expect, it } from 'vitest';
import { fulfilOrders } from '../../../lambdas/shop/fulfilment/worker/handler.ts';
import type { FulfilmentPorts } from '../../../lambdas/shop/fulfilment/worker/ports.ts';
import { stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { run as execute } from '../../support/commands.ts';
import { orderOf, productOf } from './expectations.ts';
import { stockedWorld } from './stocked-world.ts';

type World = Awaited<ReturnType<typeof stockedWorld>>;

/** A run of the next message that stands still when it is about to reserve: before its second look at the stock of A. */
function heldRun({ ports, waiting }: World, append = ports.store.append, isDead = () => false) {
  const [message] = waiting;
  if (!message) throw new Error('There is no message to run');
  const [reached, turn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let looks = 0;
  const alive = async () => {
    if (isDead()) throw new Error('this run is dead');
  };
  const held: FulfilmentPorts = {
    ...ports,
    store: {
      ...ports.store,
      append: (commit) => alive().then(() => append(commit)),
      async *readBackward(stream) {
        if (stream === 'stock-A') looks += 1;
        if (looks === 2) {
          reached.resolve();
          await turn.promise;
        }
        yield* ports.store.readBackward(stream);
      },
    },
    timers: { schedule: (timer) => alive().then(() => ports.timers.schedule(timer)) },
  };
  const ended = fulfilOrders(held)({ Records: [message as never] });
  return {
    reached: reached.promise,
    letGo: () => {
      turn.resolve();
      return ended;
    },
  };
}

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
