// What the API says of a product whose view is made of several streams.
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeEach, expect, it } from 'vitest';
import { productQueries } from '../../../lambdas/shop/products/product-queries.ts';
import { stageCaching } from '../../../lambdas/spine/http/caching/caching.ts';
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import { PARALLEL_FOLDS } from '../../../lambdas/spine/http/queries/read-model.ts';
import { viewOf } from '../../../lambdas/spine/http/queries/views.ts';
import { hintOf } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import { catchUp } from '../../../lambdas/spine/kernel/projections/catch-up.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { countParallelReads } from '../../support/count-parallel-reads.ts';
import { type Label, type Pile, shelf, shelfCommit, shelfKey } from '../../support/shelf.ts';

let store: ReturnType<typeof inMemoryEventStore>;
let table: ReturnType<typeof inMemoryReadTable<Label | Pile>>;

beforeEach(() => {
  store = inMemoryEventStore();
  table = inMemoryReadTable<Label | Pile>(shelfKey);
});

/** Appends one event, and projects it unless it is to stay unheard of. */
async function happen(stream: string, value: string | number, isProjected = true): Promise<void> {
  const commit = shelfCommit(stream, store.commits(stream).length + 1, value);
  await store.append(commit);
  if (isProjected) await catchUp({ store, table }, shelf, stream, [hintOf(commit)]);
}

async function get(rawQueryString = '', headers: Record<string, string> = {}, sku = 'A', projection = shelf) {
  const handler = httpHandler(
    productQueries(
      { projection, store, table },
      stageCaching(600, () => 0),
    ),
  );
  const event = {
    ...{ routeKey: 'GET /products/{sku}', rawPath: '/', rawQueryString, headers, pathParameters: { sku } },
    requestContext: { http: { method: 'GET' } },
  } as unknown as APIGatewayProxyEventV2;
  const { statusCode, headers: answered, body } = await handler(event, {} as Context);
  return { statusCode, etag: String(answered?.['etag']), body: body ? JSON.parse(body) : undefined };
}

it('shows the parts of all streams, in the version of the product’s own', async () => {
  await happen('product-A', 'Anvil');
  await happen('product-A', 'Great anvil');
  for (const [stream, count] of [
    ['stock-A', 5],
    ['stock-A.1', 7],
    ['stock-A.1', -2],
    ['stock-A-1', 90],
  ] as const)
    await happen(stream, count);
  expect((await get()).body).toMatchObject({ name: 'Great anvil', available: 10, version: 2 });
});

it('has the version as its tag while one stream is shown, and an opaque strong one of all versions afterwards', async () => {
  await happen('product-A', 'Anvil');
  const tags = [(await get()).etag];
  expect(tags).toEqual(['"1"']);
  for (const [stream, value] of [
    ['stock-A', 5],
    ['stock-A.1', 7],
    ['stock-A', 5],
    ['product-A', 'Anvil'],
  ] as const) {
    await happen(stream, value);
    const { etag } = await get();
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    expect(tags).not.toContain(etag);
    expect(await get('', { 'if-none-match': etag })).toMatchObject({ statusCode: 304, etag });
    expect(await get('', { 'if-none-match': tags.join(', ') })).toMatchObject({ statusCode: 200 });
    tags.push(etag);
  }
});

it('has another tag once another generation folds the parts, and its own again after a rollback', async () => {
  await happen('product-A', 'Anvil');
  await happen('stock-A', 5);
  const { etag } = await get();
  expect((await get('', {}, 'A', { ...shelf, generation: 2 })).etag).not.toBe(etag);
  expect((await get()).etag).toBe(etag);
});

it('brings the parts that tokens name up to date, also one that it never heard of', async () => {
  const model = { projection: shelf, store, table };
  await happen('product-A', 'Anvil');
  await happen('stock-A', 5);
  await happen('stock-A', 5, false);
  await happen('stock-A.1', 7, false);
  expect((await get()).body).toMatchObject({ available: 5 });
  const ofOthers = { stream: 'stock-A-1', version: 9 };
  const view = await viewOf(model, 'product-A', [{ stream: 'stock-A.1', version: 1 }, ofOthers]);
  expect(view?.shown).toMatchObject({ available: 12 });
  const next = await viewOf(model, 'product-A', [{ stream: 'stock-A', version: 2 }]);
  expect(next?.shown).toMatchObject({ available: 17 });
});

it.each(['stock-A@2', 'stock-A.1@1', 'product-A@2'])('refuses %s, which was never reached', async (token) => {
  await happen('product-A', 'Anvil');
  await happen('stock-A', 5);
  const [stream = '', version] = token.split('@');
  const read = viewOf({ projection: shelf, store, table }, 'product-A', [{ stream, version: Number(version) }]);
  await expect(read).rejects.toMatchObject({ code: 'validation_failed' });
});

it('shows a product of which no row is there yet to who has a token of its view, and to nobody else', async () => {
  await happen('product-A', 'Anvil', false);
  await happen('stock-A', 5);
  await happen('stock-B', 5);
  const model = { projection: shelf, store, table };
  expect(await get()).toMatchObject({ statusCode: 404 });
  expect(await viewOf(model, 'product-A', [{ stream: 'stock-B', version: 1 }])).toBeUndefined();
  expect(table.rows.has('product-A')).toBe(false);
  const view = await viewOf(model, 'product-A', [{ stream: 'stock-A', version: 1 }]);
  expect(view).toMatchObject({ shown: { name: 'Anvil', available: 5 }, version: 1 });
  expect((await get()).body).toMatchObject({ name: 'Anvil', version: 1 });
});

it('has no product without the product’s own events, whatever the token', async () => {
  await happen('stock-B', 5);
  const model = { projection: shelf, store, table };
  expect(await get('', {}, 'B')).toMatchObject({ statusCode: 404 });
  expect(await viewOf(model, 'product-B', [{ stream: 'stock-B', version: 1 }])).toBeUndefined();
});

it('folds the parts of a raised generation a bounded number at a time', async () => {
  await happen('product-A', 'Anvil');
  for (let pile = 0; pile < 3 * PARALLEL_FOLDS; pile += 1) await happen(`stock-A.${pile}`, 1);
  const { store: counted, most } = countParallelReads(store);
  const projection = { ...shelf, generation: 2 };
  const view = await viewOf({ projection, store: counted, table }, 'product-A', []);
  expect(view?.shown).toMatchObject({ available: 3 * PARALLEL_FOLDS });
  expect(most()).toBe(PARALLEL_FOLDS);
});
