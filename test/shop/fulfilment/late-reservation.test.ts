// A product remembers only so many orders that nothing may be reserved for any more. A run that waited through more than that
// reserves nothing for an order that has ended.
import { expect, it } from 'vitest';
import { fulfilOrders } from '../../../lambdas/shop/fulfilment/worker/handler.ts';
import { stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import type { EventStore } from '../../../lambdas/spine/kernel/event-store.ts';
import { run as execute } from '../../support/commands.ts';
import { orderOf, productOf } from './expectations.ts';
import { stockedWorld } from './stocked-world.ts';

it('reserves nothing for an order that ended while the run waited for a product in demand', async () => {
  const world = await stockedWorld({ A: 1 });
  await world.place('first');
  await world.live(0);
  await world.place('O');
  const [message] = world.waiting;
  if (!message) throw new Error('There is no message about the order');
  const turn = Promise.withResolvers<void>();
  const store: EventStore = {
    ...world.ports.store,
    async *readBackward(stream) {
      if (stream === 'stock-A') await turn.promise;
      yield* world.ports.store.readBackward(stream);
    },
  };
  const waiting = fulfilOrders({ ...world.ports, store })({ Records: [message as never] });
  await new Promise((resolve) => setImmediate(resolve));
  await world.live(0);
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'rejected' });
  for (let other = 0; other < 201; other += 1) await world.place(`other-${other}`);
  await world.live(20);
  await execute(world.store, stockDecider, 'stock-A', { type: 'ReceiveStock', sku: 'A', quantity: 5, isListed: true });
  turn.resolve();
  await waiting;
  await world.live(3_600);
  expect((await productOf(world, 'A')).reservations).toEqual({ first: 1 });
});
