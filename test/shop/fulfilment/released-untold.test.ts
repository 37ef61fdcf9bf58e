// A run that dies between releasing a line and recording that, while another one, which stood still, reserves the line again: the
// order's story has all of it.
import { expect, it } from 'vitest';
import { fulfilOrders } from '../../../lambdas/shop/fulfilment/worker/handler.ts';
import { expectRest } from './expectations.ts';
import { heldRun, type World } from './held-run.ts';
import { stockedWorld } from './stocked-world.ts';

/** A run of the next message that dies when it has released something, before it can tell. */
async function dieAfterRelease({ ports, waiting }: World): Promise<void> {
  let isDead = false;
  const append: typeof ports.store.append = async (commit) => {
    if (isDead) throw new Error('this run is dead');
    const result = await ports.store.append(commit);
    isDead ||= commit.events.some(({ type }) => type === 'StockReleased');
    return result;
  };
  await fulfilOrders({ ...ports, store: { ...ports.store, append } })({ Records: waiting.slice(0, 1) as never });
  expect(isDead).toBe(true);
}

it('tells of a release that a dead run made before a late run reserved again', async () => {
  const world = await stockedWorld({ A: 2 });
  await world.place('O');
  const late = heldRun(world);
  await late.reached;
  await world.cancel('O');
  await dieAfterRelease(world);
  await late.letGo();
  await world.live(24 * 3_600);
  expect(world.typesOf('stock-A')).toEqual([
    'StockReceived',
    ...['StockReserved', 'StockReleased', 'StockReserved', 'StockReleased'],
  ]);
  await expectRest(world, ['O'], ['A']);
});
