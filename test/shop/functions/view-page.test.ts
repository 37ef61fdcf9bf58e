// Pages of views that have several streams each.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ProductView } from '../../../lambdas/shop/products/catalogue.ts';
import { PARALLEL_FOLDS } from '../../../lambdas/spine/http/queries/read-model.ts';
import { pageOfViews } from '../../../lambdas/spine/http/queries/view-page.ts';
import type { ViewModel } from '../../../lambdas/spine/http/queries/views.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { countParallelReads } from '../../support/count-parallel-reads.ts';
import { type Label, type Pile, shelf, shelfCommit, shelfKey, shelfRow } from '../../support/shelf.ts';

type Model = ViewModel<Label, Pile, ProductView>;

/** Products with so many streams of stock each; `-1` has stock without a product. */
async function given(piles: readonly number[]) {
  const table = inMemoryReadTable<Label | Pile>(shelfKey);
  const scans: number[] = [];
  const fill = async (stream: string, value: string | number) => {
    const row = shelfRow([shelfCommit(stream, 1, value)]);
    if (row) await table.put(row, {});
  };
  for (const [at, count] of piles.entries()) {
    const id = String(at).padStart(3, '0');
    if (count >= 0) await fill(`product-${id}`, id);
    for (let pile = 0; pile < Math.abs(count); pile += 1) await fill(`stock-${id}.${pile}`, 1);
  }
  const counting: typeof table = {
    ...table,
    scan: (request) => {
      scans.push(request.limit);
      return table.scan(request);
    },
  };
  return { model: { projection: shelf, store: inMemoryEventStore(), table: counting } satisfies Model, fill, scans };
}

async function allPages(model: Model, limit: number, between = async () => {}) {
  const pages: (readonly { readonly name: string; readonly available: number }[])[] = [];
  let after: string | undefined;
  do {
    const page = await pageOfViews(model, limit, after);
    pages.push(page.views.map(({ shown: { name, available } }) => ({ name, available })));
    after = page.end;
    await between();
  } while (after !== undefined);
  return pages;
}

const wholeViews = (piles: readonly number[]) =>
  piles.flatMap((count, at) => (count < 0 ? [] : [{ name: String(at).padStart(3, '0'), available: count }]));

it('shows each view once and whole over all pages, however many streams it has', async () => {
  const someViews = fc.array(fc.oneof(fc.integer({ min: -2, max: 3 }), fc.integer({ min: 0, max: 700 })), {
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(someViews, fc.integer({ min: 1, max: 10 }), async (piles, limit) => {
      const { model } = await given(piles);
      const pages = await allPages(model, limit);
      expect(pages.flat()).toEqual(wholeViews(piles));
      for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit);
    }),
    { numRuns: 60 },
  );
});

it('fills a page of small views in one scan, in which the row behind the page shows that there are more', async () => {
  const { model, scans } = await given(Array.from({ length: 9 }, () => 1));
  expect((await allPages(model, 3)).map((page) => page.length)).toEqual([3, 3, 3]);
  expect(scans).toEqual([7, 7, 7]);
});

it('reads a view that is larger than both scans by its key, and goes on behind it', async () => {
  const { model, scans } = await given([1_200, 1]);
  expect(await allPages(model, 1)).toEqual([[{ name: '000', available: 1_200 }], [{ name: '001', available: 1 }]]);
  expect(scans.slice(0, 2)).toEqual([3, 1_000]);
});

it('shows no view again to which a stream was added after its page', async () => {
  const { model, fill } = await given([1, 1, 1]);
  let added = 0;
  const pages = await allPages(model, 1, () => fill(`stock-00${added}.9${added++}`, 5));
  expect(pages.flat()).toEqual(wholeViews([1, 1, 1]));
});

it('passes over rows of categories that this code does not fold: newer code wrote them', async () => {
  const { model } = await given([2]);
  await model.table.put({ stream: 'review-000', version: 1, generation: 7, part: { name: 'x' } }, {});
  const { views, isWhole } = await pageOfViews(model, 5, undefined);
  expect(views.map(({ shown }) => shown.available)).toEqual([2]);
  expect(isWhole).toBe(true);
});

it('leaves a view out of which this code cannot read one stream, and says so', async () => {
  const { model } = await given([1, 1]);
  const event = { type: 'OfNewerCode', schemaVersion: '1.0.0', data: {} };
  await model.store.append({ ...shelfCommit('stock-000.0', 1, 1), events: [event] });
  await model.table.put({ stream: 'stock-000.0', version: 1, generation: 2, part: { count: 1 } }, {});
  const { views, isWhole } = await pageOfViews(model, 5, undefined);
  expect(views.map(({ key }) => key)).toEqual(['product-001']);
  expect(isWhole).toBe(false);
});

it('folds the rows of a raised generation a bounded number at a time, over all views of the page', async () => {
  const { model } = await given([3, 4, 5, 6, 7]);
  for (const stream of model.table.rows.keys()) {
    await model.store.append(shelfCommit(stream, 1, stream.startsWith('product-') ? stream : 1));
  }
  const { store, most } = countParallelReads(model.store);
  const projection = { ...shelf, generation: 2 };
  const { views, isWhole } = await pageOfViews({ ...model, projection, store }, 5, undefined);
  expect(views.map(({ shown }) => shown.available)).toEqual([3, 4, 5, 6, 7]);
  expect(isWhole).toBe(true);
  expect(most()).toBe(PARALLEL_FOLDS);
});
