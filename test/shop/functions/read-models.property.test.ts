// Whatever delivery does, the read models end as the fold of their streams.
import type { SQSEvent } from 'aws-lambda';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import { productDecider } from '../../../lambdas/shop/products/decider.ts';
import { readModels } from '../../../lambdas/shop/shop.ts';
import { encodeBundle, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { projector } from '../../../lambdas/spine/functions/projector/handler.ts';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import { type Hint, hintOf } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import {
  categoriesOf,
  foldCommit,
  type Projection,
  type Row,
} from '../../../lambdas/spine/kernel/projections/projection.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { run } from '../../support/commands.ts';
import { noOwnQueue } from '../../support/no-own-queue.ts';

type Store = ReturnType<typeof inMemoryEventStore>;

async function productHistory(store: Store, sku: string, quantities: readonly number[]): Promise<readonly Commit[]> {
  const stream = `product-${sku}`;
  await run(store, productDecider, stream, { type: 'ListProduct', sku, name: sku, unitPrice: 5, currency: 'EUR' });
  for (const quantity of quantities) {
    await run(store, productDecider, stream, { type: 'ChangePrice', sku, unitPrice: quantity });
  }
  return store.commits(stream);
}

async function orderHistory(store: Store, orderId: string, steps: number): Promise<readonly Commit[]> {
  const stream = `order-${orderId}`;
  const product = { name: 'Anvil', unitPrice: 5, currency: 'EUR' };
  const lines = [{ sku: 'A', quantity: 2, product }];
  const commands = [
    { type: 'PlaceOrder', orderId, customerId: 'c', paymentToken: 'tok_ok', lines },
    { type: 'ConfirmOrder', orderId, transactionId: 't' },
    { type: 'ShipOrder', orderId, carrier: 'DHL', trackingNumber: '1' },
    { type: 'DeliverOrder', orderId },
  ] as const;
  for (const command of commands.slice(0, steps)) await run(store, orderDecider, stream, command);
  return store.commits(stream);
}

const foldOf = (projection: Projection<unknown>, commits: readonly Commit[]): Row<unknown> | undefined =>
  commits.reduce<Row<unknown> | undefined>((row, commit) => foldCommit(projection, row, commit), undefined);

const asBatch = (messages: readonly (readonly Hint[])[]): SQSEvent => ({
  Records: messages.map(
    (hints, index) => ({ messageId: `m${index}`, body: encodeBundle(hints.map(encodeHint)) }) as never,
  ),
});

/** Cuts the deliveries into messages, and the messages into batches. */
function* batches(hints: readonly Hint[], messageSize: number, batchSize: number): Generator<SQSEvent> {
  const messages: Hint[][] = [];
  for (let start = 0; start < hints.length; start += messageSize)
    messages.push(hints.slice(start, start + messageSize));
  for (let start = 0; start < messages.length; start += batchSize)
    yield asBatch(messages.slice(start, start + batchSize));
}

const scenario = fc.record({
  products: fc.array(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }), { minLength: 1, maxLength: 3 }),
  orders: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
  copies: fc.array(fc.nat(2), { minLength: 10, maxLength: 10 }),
  order: fc.array(fc.nat(), { minLength: 10, maxLength: 10 }),
  messageSize: fc.integer({ min: 1, max: 4 }),
  batchSize: fc.integer({ min: 1, max: 3 }),
  concurrently: fc.boolean(),
});

it('equal the fold of their streams for any order, duplication and loss but of the last message', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ products, orders, copies, order, messageSize, batchSize, concurrently }) => {
      const store = inMemoryEventStore();
      const histories = await Promise.all([
        ...products.map((quantities, index) => productHistory(store, `P${index}`, quantities)),
        ...orders.map((steps, index) => orderHistory(store, `O${index}`, steps)),
      ]);
      const delivered = histories
        .flatMap((commits) =>
          commits.flatMap((commit, index) => {
            const atLeast = index === commits.length - 1 ? 1 : 0;
            return Array.from({ length: Math.max(atLeast, copies[index] ?? 1) }, () => hintOf(commit));
          }),
        )
        .map((hint, index) => ({ hint, rank: ((order[index % order.length] ?? 0) * (index + 7)) % 101 }))
        .sort((left, right) => left.rank - right.rank)
        .map(({ hint }) => hint);

      for (const projection of readModels) {
        const table = inMemoryReadTable();
        const ports = { store, table, ownQueue: noOwnQueue, invalidations: undefined, now: () => new Date() };
        const handle = projector(projection, ports);
        const wanted = delivered.filter(({ stream }) =>
          categoriesOf(projection).some((name) => stream.startsWith(`${name}-`)),
        );
        const events = [...batches(wanted, messageSize, batchSize)];
        const deliver = async (event: SQSEvent) => expect(await handle(event)).toEqual({ batchItemFailures: [] });
        if (concurrently) await Promise.all(events.map(deliver));
        else for (const event of events) await deliver(event);

        const own = histories.filter(([first]) =>
          categoriesOf(projection).some((name) => first?.stream.startsWith(`${name}-`)),
        );
        expect([...table.rows.values()].sort(byStream)).toEqual(
          own.map((commits) => foldOf(projection, commits)).sort(byStream),
        );
      }
    }),
    { numRuns: 200 },
  );
});

const byStream = (left: Row<unknown> | undefined, right: Row<unknown> | undefined): number =>
  (left?.stream ?? '') < (right?.stream ?? '') ? -1 : 1;
