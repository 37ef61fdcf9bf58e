// A refund that the provider takes and cannot make after all: nobody is told that the money is back.
import { expect, it } from 'vitest';
import { paymentDecider } from '../../../lambdas/shop/payments/decider.ts';
import { run as execute } from '../../support/commands.ts';
import { fulfilmentOf, orderOf, productOf } from './standing.ts';
import { stockedWorld } from './stocked-world.ts';

it('does not say that an order is refunded when its refund is known to have failed', async () => {
  const world = await stockedWorld({ A: 5 });
  await world.place('O');
  await world.live(60);
  await world.cancel('O');
  // The provider is quicker than the run that asked it, which dies before it has said so.
  world.refuse(({ events }) => events.some(({ type }) => type === 'PaymentRefunded'));
  await world.run({ picks: [0], pace: [0] });
  world.refuse(() => false);
  const failure = { type: 'RecordRefundFailure', orderId: 'O', refundId: 're_1' } as const;
  await execute(world.store, paymentDecider, 'payment-O', failure);
  expect(await world.live(3_600)).toEqual([]);
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'cancelled', isRefunded: false });
  expect(world.provider.refunds.get('tx-O-0')).toBe(1);
  expect(await productOf(world, 'A')).toMatchObject({ available: 5 });
  expect(await fulfilmentOf(world, 'O')).toMatchObject({ stage: 'ended' });
});
