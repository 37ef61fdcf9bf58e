import type { SQSEvent } from 'aws-lambda';
import { expect, it } from 'vitest';
import { catalogue, type ProductView } from '../../../lambdas/shop/products/catalogue.ts';
import { productDecider } from '../../../lambdas/shop/products/decider.ts';
import { encodeBundle, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { projector } from '../../../lambdas/spine/functions/projector/handler.ts';
import { type Hint, hintOf } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import type { Invalidation, InvalidationQueue } from '../../../lambdas/spine/kernel/pipeline/invalidation.ts';
import type { OwnQueue } from '../../../lambdas/spine/kernel/pipeline/own-queue.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { run } from '../../support/commands.ts';
import { noOwnQueue } from '../../support/no-own-queue.ts';

async function given(...skus: string[]) {
  const store = inMemoryEventStore();
  for (const sku of skus) {
    const list = { type: 'ListProduct', sku, name: sku, unitPrice: 1, currency: 'EUR' } as const;
    await run(store, productDecider, `product-${sku}`, list);
  }
  const table = inMemoryReadTable<ProductView>();
  const hints = skus.flatMap((sku) => store.commits(`product-${sku}`).map(hintOf));
  /** What was sent, with the rows that stood when it was. */
  const sent: { readonly invalidation: Invalidation; readonly rows: readonly string[] }[] = [];
  const answers: Promise<void>[] = [];
  const invalidations: InvalidationQueue = {
    send: async (invalidation) => {
      sent.push({ invalidation, rows: [...table.rows.keys()].sort() });
      await answers.shift();
    },
  };
  const handedOn: Hint[][] = [];
  const ownQueue: OwnQueue = { handOn: async (left) => void handedOn.push([...left]) };
  const ports = { store, table, ownQueue, now: () => new Date('2026-01-01T00:00:09Z') };
  /** The price of the first of them changes; gives the hints of all that came so far. */
  const change = async (): Promise<Hint[]> => {
    const [sku = ''] = skus;
    await run(store, productDecider, `product-${sku}`, { type: 'ChangePrice', sku, unitPrice: 2 });
    return store.commits(`product-${sku}`).slice(1).map(hintOf);
  };
  return {
    store,
    change,
    table,
    hints,
    sent,
    answers,
    handedOn,
    handle: projector(catalogue, { ...ports, invalidations }),
    withoutEdge: projector(catalogue, { ...ports, invalidations: undefined }),
  };
}

const batch = (messages: Record<string, string>): SQSEvent => ({
  Records: Object.entries(messages).map(([messageId, body]) => ({ messageId, body }) as never),
});

const bundle = (...hints: Hint[]): string => encodeBundle(hints.map(encodeHint));

it('writes once for a stream, however many messages name it', async () => {
  const { table, hints, handle } = await given('A');
  const [first] = hints as [Hint];
  expect(await handle(batch({ m1: bundle(first, first), m2: bundle(first) }))).toEqual({ batchItemFailures: [] });
  expect(table.writes()).toBe(1);
});

it('parts a stream that fails from those of its message that are projected', async () => {
  const { table, hints, handle, handedOn } = await given('A', 'B', 'C');
  const [a, b, c] = hints as [Hint, Hint, Hint];
  const poison: Hint = { ...b, events: [{ type: 'Unheard', schemaVersion: '1.0.0', data: {} }] };
  const result = await handle(batch({ m1: bundle(a), m2: bundle(c, poison), m3: 'not a bundle' }));
  expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'm3' }] });
  expect(handedOn).toEqual([[poison]]);
  expect([...table.rows.keys()].sort()).toEqual(['product-A', 'product-C']);
});

it('works without an edge', async () => {
  const { table, hints, withoutEdge, sent } = await given('A');
  expect(await withoutEdge(batch({ m1: bundle(...hints) }))).toEqual({ batchItemFailures: [] });
  expect([table.writes(), sent]).toEqual([1, []]);
});

it('acknowledges what it was told only when the row is as far, whichever generation made the row that stands', async () => {
  const { store, table, change, handle } = await given('A');
  const ahead = projector(
    { ...catalogue, generation: catalogue.generation + 1 },
    { store, table, ownQueue: noOwnQueue, now: () => new Date(), invalidations: undefined },
  );
  const [first] = await change();
  await ahead(batch({ m1: bundle(first as Hint) }));
  expect(table.rows.get('product-A')).toMatchObject({ version: 2, generation: catalogue.generation + 1 });
  const [, second] = await change();
  expect(await handle(batch({ m2: bundle(second as Hint) }))).toEqual({ batchItemFailures: [] });
  expect(table.rows.get('product-A')).toMatchObject({
    version: 3,
    generation: catalogue.generation,
    part: { unitPrice: 2 },
  });
});

it('asks for a message again that announces more than the event table has', async () => {
  const { table, hints, handle } = await given('A');
  const [a] = hints as [Hint];
  const unheard: Hint = { ...a, version: 2, events: [] };
  expect(await handle(batch({ m1: bundle(unheard) }))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  expect(table.rows.get('product-A')).toMatchObject({ version: 1 });
});

it('tells the edge once for a batch, when all its rows are in place', async () => {
  const { hints, sent, handle } = await given('A', 'B', 'C');
  const [a, b, c] = hints as [Hint, Hint, Hint];
  await handle(batch({ m1: bundle(a, b), m2: bundle(c) }));
  const tags = ['product-A', 'products', 'product-B', 'product-C'];
  expect(sent).toEqual([
    {
      invalidation: { collection: 'catalogue', tags, changedAt: '2026-01-01T00:00:09.000Z', pass: 1 },
      rows: ['product-A', 'product-B', 'product-C'],
    },
  ]);
});

it('tells the edge of a row that somebody else has brought up to date', async () => {
  const { table, hints, sent, handle, withoutEdge } = await given('A');
  await withoutEdge(batch({ m1: bundle(...hints) }));
  await handle(batch({ m1: bundle(...hints) }));
  expect(table.writes()).toBe(1);
  expect(sent.map(({ invalidation }) => invalidation.tags)).toEqual([['product-A', 'products']]);
});

it('tells the edge nothing of a stream that fails', async () => {
  const { hints, sent, handle } = await given('A', 'B');
  const [a, b] = hints as [Hint, Hint];
  const poison: Hint = { ...b, events: [{ type: 'Unheard', schemaVersion: '1.0.0', data: {} }] };
  await handle(batch({ m1: bundle(poison) }));
  await handle(batch({ m1: bundle(a), m2: bundle(poison) }));
  expect(sent.map(({ invalidation }) => invalidation.tags)).toEqual([['product-A', 'products']]);
});

it('asks for the messages again whose rows the edge could not be told of, and tells it then', async () => {
  const { table, hints, sent, answers, handle } = await given('A', 'B');
  const [a, b] = hints as [Hint, Hint];
  answers.push(Promise.reject(new Error('SQS is away')));
  const messages = batch({ m1: bundle(a), m2: bundle(b), m3: 'not a bundle' });
  const failures = ['m3', 'm1', 'm2'].map((itemIdentifier) => ({ itemIdentifier }));
  expect(await handle(messages)).toEqual({ batchItemFailures: failures });
  expect(await handle(messages)).toEqual({ batchItemFailures: failures.slice(0, 1) });
  expect(sent[1]?.invalidation.tags).toEqual(['product-A', 'products', 'product-B']);
  expect(table.writes()).toBe(2);
});
