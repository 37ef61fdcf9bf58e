import type { SQSEvent } from 'aws-lambda';
import { expect, it } from 'vitest';
import { encodeBundle, encodeHint } from '../../../lambdas/adapters/wire/bundle-codec.ts';
import { productDecider } from '../../../lambdas/domain/product/decider.ts';
import { projector } from '../../../lambdas/functions/projector/handler.ts';
import { type Hint, hintOf } from '../../../lambdas/kernel/bundle.ts';
import { catalogue, type ProductView } from '../../../lambdas/read-models/catalogue.ts';
import { run } from '../../support/commands.ts';
import { inMemoryEventStore } from '../../support/memory/event-store.ts';
import { inMemoryReadTable } from '../../support/memory/read-table.ts';

async function given(...skus: string[]) {
  const store = inMemoryEventStore();
  for (const sku of skus) {
    const list = { type: 'ListProduct', sku, name: sku, unitPrice: 1, currency: 'EUR' } as const;
    await run(store, productDecider, `product-${sku}`, list);
  }
  const table = inMemoryReadTable<ProductView>();
  const hints = skus.flatMap((sku) => store.commits(`product-${sku}`).map(hintOf));
  return { table, hints, handle: projector(catalogue, { store, table }) };
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

it('returns only the messages of a stream that fails; the others are projected', async () => {
  const { table, hints, handle } = await given('A', 'B', 'C');
  const [a, b, c] = hints as [Hint, Hint, Hint];
  const poison: Hint = { ...b, events: [{ type: 'Unheard', schemaVersion: '1.0.0', data: {} }] };
  const result = await handle(batch({ m1: bundle(a), m2: bundle(c, poison), m3: 'not a bundle' }));
  expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'm3' }, { itemIdentifier: 'm2' }] });
  expect([...table.rows.keys()].sort()).toEqual(['product-A', 'product-C']);
});
