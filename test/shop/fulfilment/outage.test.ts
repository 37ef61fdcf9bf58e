// Something is down for minutes, hours, or for ever: every order ends, or an operator hears of it.
import { expect, it } from 'vitest';
import { paymentDecider } from '../../../lambdas/shop/payments/decider.ts';
import { encodeBundle, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { run as execute } from '../../support/commands.ts';
import { expectRest } from './expectations.ts';
import { fulfilmentOf, orderOf, productOf } from './standing.ts';
import { stockedWorld } from './stocked-world.ts';
import { OUTAGE_IN_SECONDS, PAYMENT_TIMEOUT_IN_SECONDS } from './world.ts';

const HOUR = 3_600;
const LIFETIME_IN_SECONDS = OUTAGE_IN_SECONDS + PAYMENT_TIMEOUT_IN_SECONDS;

it.each([
  ['15 minutes', HOUR / 4],
  ['6 hours', 6 * HOUR],
])('waits out a payment provider that is down for %s, without holding a message', async (_, seconds) => {
  const world = await stockedWorld({ A: 5 });
  world.provider.setDown(true);
  await world.place('O');
  expect(await world.live(seconds)).toEqual([]);
  expect(world.waiting).toEqual([]);
  expect(world.longWaits()).toBeGreaterThan(0);
  world.provider.setDown(false);
  expect(await world.live(HOUR / 2)).toEqual([]);
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'confirmed' });
  expect(world.provider.charges).toHaveLength(1);
  await expectRest(world, ['O'], ['A']);
});

it('asks ever more seldom', async () => {
  const world = await stockedWorld({ A: 5 });
  world.provider.setDown(true);
  await world.place('O');
  await world.live(60);
  expect(world.provider.asked()).toBeLessThanOrEqual(6);
  await world.live(6 * HOUR);
  // Every 15 minutes once by the timer of the next try and once by the watch.
  expect(world.provider.asked()).toBeLessThanOrEqual(6 + 6 + 2 * 24);
  expect(world.timers().length).toBeLessThanOrEqual(2);
});

it('has timers only by the number of its messages, however often each came', async () => {
  const world = await stockedWorld({ A: 5 });
  world.provider.setDown(true);
  await world.place('O');
  for (let time = 0; time < 3; time += 1) world.repeat(0);
  await world.run({ picks: [0, 1, 2, 3], pace: [0] });
  await world.live(6 * HOUR);
  expect(world.timers().length).toBeLessThanOrEqual(5);
});

it.each(['reserve', 'pay', 'confirm'])(
  'waits out an event table that takes nothing, from when it was to %s',
  async (when) => {
    const world = await stockedWorld({ A: 5 });
    const first = { reserve: 'stock-A', pay: 'payment-O', confirm: 'order-O' }[when] ?? '';
    await world.place('O');
    let isDown = false;
    world.refuse(({ stream }) => {
      isDown ||= stream === first;
      return isDown;
    });
    expect(await world.live(2 * HOUR)).toEqual([]);
    expect(isDown).toBe(true);
    world.refuse(() => false);
    expect(await world.live(HOUR / 2)).toEqual([]);
    expect(await orderOf(world, 'O')).toMatchObject({ stage: 'confirmed' });
    await expectRest(world, ['O'], ['A']);
  },
);

it('undoes at its deadline what could not be done: rejected, its stock released, its money given back', async () => {
  const world = await stockedWorld({ A: 1 });
  await world.place('O');
  // The provider takes the money, but no answer of it gets through.
  world.refuse(({ events }) => events.some(({ type }) => type === 'PaymentCaptured'));
  expect(await world.live(LIFETIME_IN_SECONDS)).toEqual([]);
  world.refuse(() => false);
  expect(await world.live(HOUR)).toEqual([]);
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'rejected', isRefunded: true });
  expect(await productOf(world, 'A')).toMatchObject({ available: 1 });
  expect([world.provider.charges.length, world.provider.refunds.size]).toEqual([1, 1]);
  await expectRest(world, ['O'], ['A']);
});

it('reaches an operator when it cannot even be undone, and ends when that is mended and redriven', async () => {
  const world = await stockedWorld({ A: 1 });
  world.provider.setDown(true);
  await world.place('O');
  const dead = await world.live(4 * 24 * HOUR);
  expect(dead.length).toBeGreaterThan(0);
  expect(await fulfilmentOf(world, 'O')).toMatchObject({ stage: 'undoing' });
  expect(world.timers()).toEqual([]);
  world.provider.setDown(false);
  for (const { body } of dead) world.deliver(body);
  expect(await world.live(HOUR)).toEqual([]);
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'rejected' });
  expect(world.provider.charges).toEqual([]);
  await expectRest(world, ['O'], ['A']);
});

it('goes on when a run died and its messages are lost: it is watched from its start', async () => {
  const world = await stockedWorld({ A: 5 });
  await world.place('O');
  await world.run({ picks: [0], diesAfter: 2, pace: [0] });
  expect(await fulfilmentOf(world, 'O')).toMatchObject({ stage: 'reserving' });
  world.waiting.length = 0;
  await world.live(HOUR / 4);
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'confirmed' });
});

it.each([
  ['ends when it is told of its order again', PAYMENT_TIMEOUT_IN_SECONDS, 'no answer', 'rejected'],
  ['still waits for its answer before the deadline', PAYMENT_TIMEOUT_IN_SECONDS - 1, 'no answer', 'placed'],
  ['hears then of money that came in time', PAYMENT_TIMEOUT_IN_SECONDS, 'a capture', 'confirmed'],
])('%s, after its timers are lost too', async (_, seconds, answer, stage) => {
  const world = await stockedWorld({ A: 5 });
  await world.place('O', 'A', 'tok_silent');
  const [placed = ''] = world.waiting.map(({ body }) => body);
  await world.run({ picks: [0], pace: [0] });
  const transactionId = answer === 'a capture' ? world.provider.captureLate('O') : undefined;
  const capture = { type: 'RecordCapture', orderId: 'O', transactionId: transactionId ?? '' } as const;
  if (transactionId) await execute(world.store, paymentDecider, 'payment-O', capture);
  world.pass(seconds);
  world.waiting.length = 0;
  world.deliver(placed);
  await world.run({ picks: [0], pace: [0] });
  expect(await orderOf(world, 'O')).toMatchObject({ stage });
});

it('watches nothing that waits for a shipment or has ended', async () => {
  const world = await stockedWorld({ A: 5 });
  await world.place('O');
  await world.place('P', 'A', 'tok_declined');
  await world.live(HOUR / 4);
  expect(world.timers()).toEqual([]);
});

it('waits out an outage that begins long after the order was confirmed', async () => {
  const world = await stockedWorld({ A: 5 });
  await world.place('O');
  await world.live(48 * HOUR);
  world.provider.setDown(true);
  await world.cancel('O');
  expect(await world.live(6 * HOUR)).toEqual([]);
  world.provider.setDown(false);
  expect(await world.live(HOUR)).toEqual([]);
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'cancelled', isRefunded: true });
  await expectRest(world, ['O'], ['A']);
});

it('keeps nobody waiting for what no waiting mends: a message that cannot be read is a dead letter at once', async () => {
  const world = await stockedWorld({ A: 5 });
  const events = [{ type: 'OrderCancelled', schemaVersion: '1.0.0', data: { reason: 5 } }];
  const hint = { stream: 'order-X', version: 1, id: 'x', time: '', correlationId: 'c', causationId: 'c', events };
  world.deliver(encodeBundle([encodeHint(hint)]));
  await world.place('O');
  expect(await world.live(0)).toHaveLength(1);
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'confirmed' });
});
