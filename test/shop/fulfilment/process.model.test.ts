// Random orders, cancellations, shipments, callbacks, timers, outages of the provider for up to days, repeated deliveries and
// deaths of the process manager after any of its writes: whatever happens, everything comes to rest, and stock and money fit the orders.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type OrderCommand, orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import { type PaymentCommand, paymentDecider } from '../../../lambdas/shop/payments/decider.ts';
import { productDecider } from '../../../lambdas/shop/products/decider.ts';
import { stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { run as execute } from '../../support/commands.ts';
import { expectRest } from './expectations.ts';
import { productOf } from './standing.ts';
import {
  type FulfilmentWorld,
  fulfilmentWorld,
  OUTAGE_IN_SECONDS,
  PAYMENT_TIMEOUT_IN_SECONDS,
  type Run,
} from './world.ts';

const SKUS = ['A', 'B', 'C'] as const;
const product = { name: 'Thing', unitPrice: 5, currency: 'EUR' };

interface Model {
  readonly orderIds: string[];
}
type Step = fc.AsyncCommand<Model, FulfilmentWorld>;

/** @param act is given the order that the pick points at */
const onOrder = (
  name: string,
  pick: number,
  act: (world: FulfilmentWorld, orderId: string) => Promise<unknown>,
): Step => ({
  check: ({ orderIds }) => orderIds.length > 0,
  run: async ({ orderIds }, world) => {
    await act(world, orderIds[pick % orderIds.length] ?? '');
    await expectStockNeverNegative(world);
  },
  toString: () => `${name}(${pick})`,
});

const always = (name: string, act: (model: Model, world: FulfilmentWorld) => unknown): Step => ({
  check: () => true,
  run: async (model, world) => {
    await act(model, world);
    await expectStockNeverNegative(world);
  },
  toString: () => name,
});

async function expectStockNeverNegative(world: FulfilmentWorld): Promise<void> {
  for (const sku of SKUS) expect((await productOf(world, sku)).available).toBeGreaterThanOrEqual(0);
}

const order = ({ store }: FulfilmentWorld, command: OrderCommand) =>
  execute(store, orderDecider, `order-${command.orderId}`, command);
const payment = ({ store }: FulfilmentWorld, command: PaymentCommand) =>
  execute(store, paymentDecider, `payment-${command.orderId}`, command);

const pick = fc.nat(20);
const lines = fc.uniqueArray(fc.record({ sku: fc.constantFrom(...SKUS), quantity: fc.integer({ min: 1, max: 3 }) }), {
  minLength: 1,
  maxLength: 3,
  selector: ({ sku }) => sku,
});
const paymentToken = fc.constantFrom('tok_ok', 'tok_ok', 'tok_declined', 'tok_silent');
const oneRun: fc.Arbitrary<Run> = fc.record({
  picks: fc.array(pick, { minLength: 1, maxLength: 6 }),
  diesAfter: fc.option(fc.nat(7), { nil: undefined, freq: 2 }),
  pace: fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }),
  isWarm: fc.boolean(),
});

const steps: fc.Arbitrary<Step>[] = [
  fc.tuple(lines, paymentToken).map(([wanted, token]) =>
    always(`place(${JSON.stringify(wanted)}, ${token})`, async ({ orderIds }, world) => {
      const orderId = `O${orderIds.length}`;
      orderIds.push(orderId);
      const priced = wanted.map((line) => ({ ...line, product }));
      await order(world, { type: 'PlaceOrder', orderId, customerId: 'c', paymentToken: token, lines: priced });
    }),
  ),
  pick.map((at) =>
    onOrder('cancel', at, (world, orderId) => order(world, { type: 'CancelOrder', orderId, reason: 'r' })),
  ),
  pick.map((at) =>
    onOrder('ship', at, (world, orderId) =>
      order(world, { type: 'ShipOrder', orderId, carrier: 'c', trackingNumber: 't' }),
    ),
  ),
  pick.map((at) =>
    onOrder('captured late', at, async (world, orderId) => {
      const transactionId = world.provider.captureLate(orderId);
      if (transactionId) await payment(world, { type: 'RecordCapture', orderId, transactionId });
    }),
  ),
  pick.map((at) =>
    onOrder('declined late', at, async (world, orderId) => {
      if (world.provider.declineLate(orderId)) await payment(world, { type: 'RecordDecline', orderId });
    }),
  ),
  oneRun.map((how) => always(`run(${JSON.stringify(how)})`, (_, world) => world.run(how))),
  fc
    .tuple(oneRun, oneRun)
    .map((both) =>
      always(`runs at once(${JSON.stringify(both)})`, (_, world) => Promise.all(both.map((how) => world.run(how)))),
    ),
  pick.map((at) => always(`repeat(${at})`, (_, world) => world.repeat(at))),
  fc
    .constantFrom(1, 60, 900, PAYMENT_TIMEOUT_IN_SECONDS, OUTAGE_IN_SECONDS, 25 * 60 * 60)
    .map((seconds) => always(`pass(${seconds})`, (_, world) => world.pass(seconds))),
  fc
    .boolean()
    .map((isDown) => always(`provider ${isDown ? 'down' : 'up'}`, (_, { provider }) => provider.setDown(isDown))),
  fc
    .tuple(fc.constantFrom(...SKUS), fc.integer({ min: 1, max: 4 }))
    .map(([sku, quantity]) =>
      always(`receive(${sku}, ${quantity})`, (_, { store }) =>
        execute(store, stockDecider, `stock-${sku}`, { type: 'ReceiveStock', sku, quantity, isListed: true }),
      ),
    ),
];

/** As staff does before a sale, or a run that lost races; it dies before the streams have what was allotted to them. */
steps.push(
  fc.tuple(fc.constantFrom(...SKUS), fc.integer({ min: 1, max: 4 })).map(([sku, streams]) =>
    always(`open(${sku}, ${streams})`, async (_, { store }) => {
      await execute(store, stockDecider, `stock-${sku}`, { type: 'OpenStreams', sku, streams, isListed: true });
    }),
  ),
);

const RUNS = Number(process.env['MODEL_RUNS'] ?? 150);

it(`comes to rest with stock and money right, in ${RUNS} random histories`, { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(steps, { maxCommands: 60, size: 'max' }), async (commands) => {
      const world = fulfilmentWorld();
      const model: Model = { orderIds: [] };
      for (const sku of SKUS) {
        const stream = `product-${sku}`;
        await execute(world.store, productDecider, stream, { type: 'ListProduct', sku, ...product });
        await execute(world.store, stockDecider, `stock-${sku}`, {
          type: 'ReceiveStock',
          sku,
          quantity: 4,
          isListed: true,
        });
      }
      await fc.asyncModelRun(() => ({ model, real: world }), commands);
      world.provider.setDown(false);
      await world.settle();
      await expectRest(world, model.orderIds, SKUS);
    }),
    // Making a failed history smaller takes minutes. It is told, with its seed, before the test runs out of time and says nothing of it.
    { numRuns: RUNS, timeout: 120_000, interruptAfterTimeLimit: 540_000, markInterruptAsFailure: true },
  );
});
