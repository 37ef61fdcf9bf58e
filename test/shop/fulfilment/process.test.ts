// The paths of an order, one by one.
import { beforeEach, expect, it } from 'vitest';
import { orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import { paymentDecider } from '../../../lambdas/shop/payments/decider.ts';
import { productDecider } from '../../../lambdas/shop/products/decider.ts';
import { stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { run as execute } from '../../support/commands.ts';
import { expectRest } from './expectations.ts';
import { fulfilmentOf, orderOf, productOf } from './standing.ts';
import { type FulfilmentWorld, fulfilmentWorld, PAYMENT_TIMEOUT_IN_SECONDS } from './world.ts';

const SKUS = ['A', 'B', 'C'];
const product = { name: 'Thing', unitPrice: 5, currency: 'EUR' };
let world: FulfilmentWorld;

beforeEach(async () => {
  world = fulfilmentWorld();
  for (const sku of SKUS) {
    await execute(world.store, productDecider, `product-${sku}`, { type: 'ListProduct', sku, ...product });
    await execute(world.store, stockDecider, `stock-${sku}`, {
      type: 'ReceiveStock',
      sku,
      quantity: 5,
      isListed: true,
    });
  }
});

async function place(orderId: string, paymentToken: string, ...wanted: [sku: string, quantity: number][]) {
  const lines = wanted.map(([sku, quantity]) => ({ sku, quantity, product }));
  const command = { type: 'PlaceOrder', orderId, customerId: 'c', paymentToken, lines } as const;
  await execute(world.store, orderDecider, `order-${orderId}`, command);
}

const deliverAll = () => world.run({ picks: world.waiting.map((_, index) => index), pace: [0] });

async function deliverUntilQuiet(): Promise<void> {
  while (world.waiting.length > 0) await deliverAll();
}

const typesOf = (stream: string) =>
  world.commits.filter((commit) => commit.stream === stream).flatMap(({ events }) => events.map(({ type }) => type));

it('reserves line by line, captures and confirms', async () => {
  await place('O', 'tok_ok', ['A', 2], ['B', 1]);
  await deliverUntilQuiet();
  expect(typesOf('fulfilment-O')).toEqual([
    'FulfilmentStarted',
    'LineReserved',
    'LineReserved',
    'PaymentTaken',
    'ConfirmationRecorded',
  ]);
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'confirmed' });
  expect(await productOf(world, 'A')).toMatchObject({ onHand: 5, available: 3 });
});

it('releases what was reserved, the last line first, when one is out of stock', async () => {
  await place('O', 'tok_ok', ['A', 1], ['B', 1], ['C', 6]);
  await deliverUntilQuiet();
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'rejected' });
  const released = world.commits
    .filter(({ stream }) => stream === 'fulfilment-O')
    .flatMap(({ events }) => events)
    .filter(({ type }) => type === 'LineReleased');
  expect(released.map(({ data }) => data)).toEqual([
    { sku: 'B', stream: 0 },
    { sku: 'A', stream: 0 },
  ]);
  expect(typesOf('payment-O')).toEqual([]);
  await expectRest(world, ['O'], SKUS);
});

it('rejects a declined payment and releases the stock', async () => {
  await place('O', 'tok_declined', ['A', 1]);
  await world.settle();
  expect(world.commits.find(({ stream, version }) => stream === 'order-O' && version === 2)?.events[0]).toMatchObject({
    type: 'OrderRejected',
    data: { code: 'payment_declined' },
  });
  await expectRest(world, ['O'], SKUS);
});

it('waits for a silent provider until the deadline, in hops, and not longer', async () => {
  await place('O', 'tok_silent', ['A', 1]);
  await deliverUntilQuiet();
  world.pass(900);
  await deliverUntilQuiet();
  expect(await fulfilmentOf(world, 'O')).toMatchObject({ stage: 'awaiting-payment' });
  expect(world.timers().filter(({ watch }) => !watch)).toHaveLength(1);
  world.pass(PAYMENT_TIMEOUT_IN_SECONDS - 900);
  await deliverUntilQuiet();
  expect(typesOf('order-O')).toEqual(['OrderPlaced', 'OrderRejected']);
  await expectRest(world, ['O'], SKUS);
});

it('gives back what is captured after the deadline, once', async () => {
  await place('O', 'tok_silent', ['A', 1]);
  await world.settle();
  const transactionId = world.provider.captureLate('O') ?? '';
  await execute(world.store, paymentDecider, 'payment-O', { type: 'RecordCapture', orderId: 'O', transactionId });
  for (let time = 0; time < 3; time += 1) world.repeat(0);
  await world.settle();
  expect(world.provider.refunds.get(transactionId)).toBe(1);
  expect(typesOf('order-O')).toEqual(['OrderPlaced', 'OrderRejected', 'OrderRefunded']);
  await expectRest(world, ['O'], SKUS);
});

it('confirms when the callback comes in time', async () => {
  await place('O', 'tok_silent', ['A', 1]);
  await deliverUntilQuiet();
  const transactionId = world.provider.captureLate('O') ?? '';
  await execute(world.store, paymentDecider, 'payment-O', { type: 'RecordCapture', orderId: 'O', transactionId });
  await world.settle();
  expect(await orderOf(world, 'O')).toMatchObject({ stage: 'confirmed' });
  await expectRest(world, ['O'], SKUS);
});

it.each(['before anything', 'while the payment is awaited', 'after the confirmation'])(
  'undoes everything when the customer cancels %s',
  async (when) => {
    await place('O', when === 'while the payment is awaited' ? 'tok_silent' : 'tok_ok', ['A', 1], ['B', 2]);
    if (when !== 'before anything') await deliverUntilQuiet();
    await execute(world.store, orderDecider, 'order-O', { type: 'CancelOrder', orderId: 'O', reason: 'r' });
    await world.settle();
    expect(await orderOf(world, 'O')).toMatchObject({
      stage: 'cancelled',
      isRefunded: when === 'after the confirmation',
    });
    expect(await productOf(world, 'A')).toMatchObject({ onHand: 5, available: 5 });
    await expectRest(world, ['O'], SKUS);
  },
);

it('takes shipped stock off the shelf', async () => {
  await place('O', 'tok_ok', ['A', 2]);
  await deliverUntilQuiet();
  const ship = { type: 'ShipOrder', orderId: 'O', carrier: 'DHL', trackingNumber: '1' } as const;
  await execute(world.store, orderDecider, 'order-O', ship);
  await world.settle();
  expect(await productOf(world, 'A')).toEqual({ onHand: 3, available: 3, reservations: {} });
  await expectRest(world, ['O'], SKUS);
});

it('starts from the event table when the message that an order was placed is lost', async () => {
  await place('O', 'tok_ok', ['A', 1]);
  world.waiting.length = 0;
  await execute(world.store, orderDecider, 'order-O', { type: 'CancelOrder', orderId: 'O', reason: 'r' });
  await world.settle();
  expect(typesOf('fulfilment-O')).toEqual(expect.arrayContaining(['FulfilmentStarted', 'FulfilmentEnded']));
  await expectRest(world, ['O'], SKUS);
});

it('ends the same when every message comes three times, in another order', async () => {
  await place('O', 'tok_ok', ['A', 2], ['B', 1]);
  await place('P', 'tok_declined', ['A', 1]);
  while (world.waiting.length > 0) {
    for (const pick of world.waiting.map((_, index) => index)) {
      world.repeat(pick);
      world.repeat(pick);
    }
    const picks = world.waiting.map((_, index) => index).reverse();
    await world.run({ picks, pace: [0, 2, 1] });
  }
  expect(typesOf('order-O')).toEqual(['OrderPlaced', 'OrderConfirmed']);
  expect(typesOf('order-P')).toEqual(['OrderPlaced', 'OrderRejected']);
  expect(typesOf('payment-O')).toEqual(['PaymentRequested', 'PaymentCaptured']);
  await expectRest(world, ['O', 'P'], SKUS);
});

it('sells the last 50 of a product to exactly 50 of 200 orders at once', async () => {
  await execute(world.store, stockDecider, 'stock-A', { type: 'ReceiveStock', sku: 'A', quantity: 45, isListed: true });
  const orderIds = Array.from({ length: 200 }, (_, index) => `O${index}`);
  for (const orderId of orderIds) await place(orderId, 'tok_ok', ['A', 1]);
  await Promise.all(
    [0, 50, 100, 150].map((start) =>
      world.run({ picks: Array.from({ length: 50 }, (_, index) => start + index), pace: [0, 1, 2] }),
    ),
  );
  await world.settle();
  const stages = await Promise.all(orderIds.map(async (orderId) => (await orderOf(world, orderId)).stage));
  expect(stages.filter((stage) => stage === 'confirmed')).toHaveLength(50);
  expect(stages.filter((stage) => stage === 'rejected')).toHaveLength(150);
  await expectRest(world, orderIds, SKUS);
});
