// However late it goes on, an order is charged once at most, and what was taken for nothing is given back.
import { expect, it } from 'vitest';
import { paymentDecider } from '../../../lambdas/shop/payments/decider.ts';
import { run as execute } from '../../support/commands.ts';
import { expectRest } from './expectations.ts';
import { orderOf } from './standing.ts';
import { stockedWorld } from './stocked-world.ts';

const HOUR = 3_600;

it('is not charged again when it goes on after its provider has forgotten the key', async () => {
  const world = await stockedWorld({ A: 5 });
  // A bad deployment: what was taken is on record in the payment, and cannot be written in the fulfilment.
  world.refuse(({ events }) => events.some(({ type }) => type === 'PaymentTaken'));
  await world.place('O');
  const placed = world.waiting.map(({ body }) => body);
  const dead = await world.live(3 * 24 * HOUR);
  world.refuse(() => false);
  for (const body of [...placed, ...dead.map((letter) => letter.body)]) world.deliver(body);
  await world.live(HOUR);
  expect(world.provider.charges).toHaveLength(1);
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'confirmed' });
  await expectRest(world, ['O'], ['A']);
});

it('is not charged again when nobody knows what the first request came to: that is looked up', async () => {
  const world = await stockedWorld({ A: 5 });
  world.refuse(({ events }) => events.some(({ type }) => type === 'PaymentCaptured'));
  await world.place('O');
  const placed = world.waiting.map(({ body }) => body);
  await world.run({ picks: [0], pace: [0] });
  // 25 hours in which nothing runs: neither a timer nor a try.
  world.pass(25 * HOUR);
  world.waiting.length = 0;
  world.refuse(() => false);
  for (const body of placed) world.deliver(body);
  await world.live(HOUR);
  expect(world.provider.charges).toHaveLength(1);
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'confirmed' });
  await expectRest(world, ['O'], ['A']);
});

it('is rejected when the provider was asked a day ago and knows of no payment', async () => {
  const world = await stockedWorld({ A: 5 });
  await world.place('O');
  const placed = world.waiting.map(({ body }) => body);
  // Dies after the request is on record and before the provider is asked.
  world.provider.setDown(true);
  await world.run({ picks: [0], pace: [0] });
  world.pass(25 * HOUR);
  world.waiting.length = 0;
  world.provider.setDown(false);
  for (const body of placed) world.deliver(body);
  await world.live(HOUR);
  expect(world.provider.charges).toEqual([]);
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'rejected' });
  await expectRest(world, ['O'], ['A']);
});

it.each([
  ['captured', { type: 'RecordCapture', orderId: 'O', transactionId: 'tx-callback' }, 'confirmed'],
  ['declined', { type: 'RecordDecline', orderId: 'O' }, 'rejected'],
] as const)('does not ask a provider that has said already that the payment is %s', async (_, command, stage) => {
  const world = await stockedWorld({ A: 5 });
  await world.place('O');
  const placed = world.waiting[0]?.body ?? '';
  world.provider.setDown(true);
  await world.run({ picks: [0], pace: [0] });
  const asked = world.provider.asked();
  await execute(world.store, paymentDecider, 'payment-O', command);
  world.waiting.length = 0;
  world.deliver(placed);
  await world.run({ picks: [0], pace: [0] });
  await world.live(0);
  expect(world.provider.asked()).toBe(asked);
  expect(await orderOf(world, 'O')).toMatchObject({ stage });
});

it('is given back once, however late the refund is repeated', async () => {
  const world = await stockedWorld({ A: 5 });
  await world.place('O');
  await world.live(HOUR);
  world.refuse(({ events }) => events.some(({ type }) => type === 'PaymentReturned'));
  await world.cancel('O');
  const cancelled = world.waiting.map(({ body }) => body);
  await world.live(24 * HOUR);
  const asked = world.provider.asked();
  world.refuse(() => false);
  for (const body of cancelled) world.deliver(body);
  await world.live(HOUR);
  expect(world.provider.asked()).toBe(asked);
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'cancelled', isRefunded: true });
  await expectRest(world, ['O'], ['A']);
});
