// Two runs of one order at once, as a message that is delivered twice makes them, which prefer different streams of a product with
// little in each: they do not send the order to and fro.
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { fulfilOrders } from '../../../lambdas/shop/fulfilment/worker/handler.ts';
import { stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { firstStream } from '../../../lambdas/shop/stock/room.ts';
import { run as execute } from '../../support/commands.ts';
import { expectRest } from './expectations.ts';
import { stockedWorld } from './stocked-world.ts';

const MOST_COMMITS = 200;

/** A run of the first message that prefers the stream, and whose reads take their time. */
function runPreferring(stream: number, { ports, waiting, commits }: Awaited<ReturnType<typeof stockedWorld>>) {
  let ids = 0;
  const nextId = (): string => `${stream}-${ids++}`;
  const newId = (): string => {
    for (;;) {
      const id = nextId();
      if (firstStream(id, [1, 2]) === stream) return id;
    }
  };
  const store: typeof ports.store = {
    ...ports.store,
    async append(commit) {
      await turn();
      if (commits.length > MOST_COMMITS) throw new Error('This never ends');
      return ports.store.append(commit);
    },
    async *readBackward(name) {
      await turn();
      yield* ports.store.readBackward(name);
    },
  };
  return fulfilOrders({ ...ports, newId, store })({ Records: waiting.slice(0, 1) as never });
}

it('ends when two runs of an order prefer different streams, and neither has room', async () => {
  const world = await stockedWorld({ A: 4 });
  await execute(world.store, stockDecider, 'stock-A', { type: 'OpenStreams', sku: 'A', streams: 2, isListed: true });
  await execute(world.store, stockDecider, 'stock-A', { type: 'ReceiveStock', sku: 'A', quantity: 4, isListed: true });
  await world.place('first', 'A', 'tok_ok', 3);
  await world.live(0);
  await world.place('O', 'A', 'tok_ok', 2);
  await Promise.all([runPreferring(1, world), runPreferring(2, world)]);
  await world.live(24 * 3_600);
  const moves = world.typesOf('fulfilment-O').filter((type) => type === 'LineMoved');
  expect(moves.length).toBeLessThanOrEqual(4);
  await expectRest(world, ['first', 'O'], ['A']);
});
