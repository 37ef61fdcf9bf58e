// A hot product that sells out again and again uses its streams again.
import { expect, it } from 'vitest';
import { MAX_ACTIVE, stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { escrow } from '../../../lambdas/shop/stock/escrow.ts';
import { firstStream } from '../../../lambdas/shop/stock/room.ts';
import { run as execute } from '../../support/commands.ts';
import { stockOf } from './standing.ts';
import { stockedWorld } from './stocked-world.ts';

const cause = { time: '2026-01-01T00:00:00.000Z', correlationId: 'c', causationId: 'c' };

it('opens no more streams for each time that it is hot', async () => {
  const world = await stockedWorld({ A: 1_000 });
  const stock = escrow(world.ports);
  for (let sale = 0; sale < 20; sale += 1) {
    await stock.widen('A', 0, cause);
    expect((await stockOf(world, 'A'))[0]?.active).toHaveLength(MAX_ACTIVE);
    const orderId = `O${sale}`;
    const refused = {
      stream: firstStream(orderId, (await stockOf(world, 'A'))[0]?.active ?? []),
      isFull: false,
      allotted: Number.MAX_SAFE_INTEGER,
    };
    expect(await stock.makeRoom('A', { orderId, seat: orderId, quantity: 1_000 }, refused, cause)).toBe(0);
    await execute(world.store, stockDecider, 'stock-A', { type: 'ReserveStock', orderId, quantity: 1_000 });
    await execute(world.store, stockDecider, 'stock-A', { type: 'ShipStock', orderId });
    await execute(world.store, stockDecider, 'stock-A', {
      type: 'ReceiveStock',
      sku: 'A',
      quantity: 1_000,
      isListed: true,
    });
  }
  expect((await stockOf(world, 'A'))[0]?.opened).toBe(MAX_ACTIVE);
});
