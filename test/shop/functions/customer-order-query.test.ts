// The list by customer reads an index that lags; what the caller's tokens name is laid over it.
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import { customerOrdersQuery } from '../../../lambdas/shop/orders/customer-order-query.ts';
import { customerOrders, type OrderSummary, placedSortKey } from '../../../lambdas/shop/orders/customer-orders.ts';
import { orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import { stageCaching } from '../../../lambdas/spine/http/caching/caching.ts';
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import { ROWS_READ_BEYOND_A_PAGE } from '../../../lambdas/spine/http/queries/index-page.ts';
import { catchUpFromStore } from '../../../lambdas/spine/kernel/projections/catch-up.ts';
import type { Row } from '../../../lambdas/spine/kernel/projections/projection.ts';
import type { PagedReadTable } from '../../../lambdas/spine/kernel/projections/read-table.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { run } from '../../support/commands.ts';

let store: ReturnType<typeof inMemoryEventStore>;
let index: Row<OrderSummary>[];
let table: PagedReadTable<OrderSummary>;
/** How many rows each query of the index asked for. */
let asked: number[];

beforeEach(() => {
  store = inMemoryEventStore();
  index = [];
  asked = [];
  table = {
    ...inMemoryReadTable<OrderSummary>(),
    scan: () => Promise.reject(new Error('not a list of all')),
    query: async (_, customerId, { limit, after }) => {
      asked.push(limit);
      const rows = index
        .filter(
          ({ part }) => part.customerId === customerId && (!after || placedSortKey(part) < (after['placed'] ?? '')),
        )
        .sort((left, right) => (placedSortKey(left.part) < placedSortKey(right.part) ? 1 : -1));
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      if (rows.length <= limit || !last) return { rows: page };
      return {
        rows: page,
        end: { view: last.stream, stream: last.stream, customerId, placed: placedSortKey(last.part) },
      };
    },
  };
});

const product = { name: 'Anvil', unitPrice: 1, currency: 'EUR' };

async function place(orderId: string, minute: number, customerId = 'c'): Promise<void> {
  const lines = [{ sku: 'A', quantity: 1, product }];
  const command = { type: 'PlaceOrder', orderId, customerId, paymentToken: 'tok_ok', lines } as const;
  await run(store, orderDecider, `order-${orderId}`, command, { time: `2026-01-01T00:0${minute}:00.000Z` });
}

/** Lets the index see the order as it stands now. */
async function reachIndex(orderId: string): Promise<void> {
  const row = await catchUpFromStore({ store, table: inMemoryReadTable() }, customerOrders, `order-${orderId}`);
  index = [...index.filter(({ stream }) => stream !== `order-${orderId}`), ...(row ? [row as Row<OrderSummary>] : [])];
}

interface Page {
  readonly orders: readonly { readonly orderId: string; readonly status: string }[];
  readonly nextCursor?: string;
}

const list = async (query: string): Promise<Page> => JSON.parse((await answer(query)).body ?? '');

function answer(query: string) {
  const caller = async () => ({ customerId: 'c', isStaff: false, isAdmin: false, expiresAtInSeconds: 0 });
  const handler = httpHandler([
    customerOrdersQuery({ projection: customerOrders, table, store }, caller, stageCaching(undefined)),
  ]);
  const event = {
    routeKey: 'GET /customers/{customerId}/orders',
    rawPath: '/customers/me/orders',
    rawQueryString: query,
    headers: {},
    pathParameters: { customerId: 'me' },
    requestContext: { http: { method: 'GET' } },
  } as unknown as APIGatewayProxyEventV2;
  return handler(event, {} as Context);
}

const ids = async (query: string) => (await list(query)).orders.map(({ orderId }) => orderId);

it('shows an order that the index has not seen, in its place', async () => {
  for (const [orderId, minute] of [
    ['A', 1],
    ['B', 2],
    ['C', 3],
  ] as const)
    await place(orderId, minute);
  await reachIndex('A');
  await reachIndex('C');
  expect(await ids('')).toEqual(['C', 'A']);
  expect(await ids('consistentWith=order-B@1')).toEqual(['C', 'B', 'A']);
});

it('shows an order as the token has it, not as the index still does, under a filter too', async () => {
  await place('A', 1);
  await reachIndex('A');
  await run(store, orderDecider, 'order-A', { type: 'CancelOrder', orderId: 'A', reason: 'r' });
  expect(await ids('status=placed')).toEqual(['A']);
  expect(await ids('status=placed&consistentWith=order-A@2')).toEqual([]);
  expect(await ids('status=cancelled&consistentWith=order-A@2')).toEqual(['A']);
});

it('gives each order once over all pages, wherever the fresh ones belong', async () => {
  for (const minute of [1, 2, 3, 4, 5]) {
    await place(`O${minute}`, minute);
    if (minute % 2) await reachIndex(`O${minute}`);
  }
  const tokens = 'consistentWith=order-O2@1&consistentWith=order-O4@1';
  const first = await list(`limit=2&${tokens}`);
  const second = await list(`limit=2&${tokens}&cursor=${first.nextCursor}`);
  const third = await list(`limit=2&${tokens}&cursor=${second.nextCursor}`);
  const pages = [first, second, third].map(({ orders }) => orders.map(({ orderId }) => orderId));
  expect(pages).toEqual([['O5', 'O4'], ['O3', 'O2'], ['O1']]);
  expect(third.nextCursor).toBeUndefined();
});

it('keeps another customer’s order out, whatever the token says', async () => {
  await place('X', 1, 'someone else');
  expect(await ids('consistentWith=order-X@1')).toEqual([]);
});

it('refuses a version that the caller’s order never reached, and says nothing of how far another’s is', async () => {
  await place('X', 1, 'someone else');
  await place('A', 1);
  expect(await answer('consistentWith=order-A@1')).toMatchObject({ statusCode: 200 });
  expect(await answer('consistentWith=order-A@2')).toMatchObject({ statusCode: 400 });
  expect(await answer('consistentWith=order-X@1')).toMatchObject({ statusCode: 200 });
  expect(await answer('consistentWith=order-X@2')).toMatchObject({ statusCode: 200 });
});

it('reads on until the page is full when the filter drops most rows', async () => {
  for (const minute of [1, 2, 3, 4, 5, 6]) await place(`O${minute}`, minute);
  await run(store, orderDecider, 'order-O1', { type: 'CancelOrder', orderId: 'O1', reason: 'r' });
  for (const minute of [1, 2, 3, 4, 5, 6]) await reachIndex(`O${minute}`);
  expect(await ids('status=cancelled&limit=1')).toEqual(['O1']);
});

/** Orders that reached the index long ago, the oldest first. */
function longHistory(statuses: readonly OrderSummary['status'][], generation = customerOrders.generation): void {
  index = statuses.map((status, at) => {
    const placedAt = new Date(Date.UTC(2025, 0, 1) + at * 60_000).toISOString();
    const part = { orderId: `H${at}`, customerId: 'c', status, total: 1, currency: 'EUR', placedAt };
    return { stream: `order-H${at}`, version: 2, generation, part };
  });
}

async function pages(query: string): Promise<Page[]> {
  const all: Page[] = [];
  let cursor = '';
  do {
    const page = await list(`${query}${cursor}`);
    all.push(page);
    await new Promise(setImmediate); // lets the test's time run out where the pages have no end
    cursor = page.nextCursor === undefined ? '' : `&cursor=${page.nextCursor}`;
  } while (cursor !== '');
  return all;
}

it.each(['limit=1', 'limit=100'])('asks the index once for a page of all orders, with %s', async (limit) => {
  longHistory(Array.from({ length: 300 }, () => 'delivered'));
  await list(limit);
  expect(asked).toHaveLength(1);
});

it('asks the index at most twice under a filter, and says where to go on', async () => {
  longHistory(['rejected', ...Array.from({ length: 4_999 }, () => 'delivered' as const)]);
  const first = await list('limit=1&status=rejected');
  expect(first).toEqual({ orders: [], nextCursor: expect.any(String) });
  expect(asked).toEqual([2, ROWS_READ_BEYOND_A_PAGE]);
  const all = await pages('limit=1&status=rejected');
  expect(all.flatMap(({ orders }) => orders.map(({ orderId }) => orderId))).toEqual(['H0']);
  expect(all).toHaveLength(5);
});

it('folds no more rows of an older generation than a page shows', async () => {
  longHistory(
    Array.from({ length: 1_500 }, (_, at) => (at < 1_000 ? 'cancelled' : 'delivered')),
    0,
  );
  const { append: _, ...reads } = store;
  let folded = 0;
  store = {
    ...store,
    async *readForward(stream, after) {
      folded += 1;
      yield* reads.readForward(stream, after);
    },
  };
  expect((await list('limit=10&status=cancelled')).orders).toHaveLength(10);
  expect(folded).toBe(11);
});

it('passes over no order behind rows of an older generation that turn out to have another status', async () => {
  longHistory(['cancelled', 'cancelled', 'cancelled', 'delivered', 'delivered']);
  for (const at of [1, 2]) {
    await place(`H${at}`, at);
    index = index.map((row) => (row.stream === `order-H${at}` ? { ...row, version: 1, generation: 0 } : row));
  }
  const all = await pages('limit=1&status=cancelled');
  expect(all.flatMap(({ orders }) => orders.map(({ orderId }) => orderId))).toEqual(['H0']);
});

it('gives each order once over all pages, whatever the filter drops and the tokens name', async () => {
  const statuses = fc.array(fc.constantFrom('placed', 'delivered', 'rejected'), { maxLength: 3_000, size: 'max' });
  const chosen = fc.record({
    statuses,
    limit: fc.integer({ min: 1, max: 100 }),
    named: fc.array(fc.nat(), { maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(chosen, async ({ statuses: history, limit, named }) => {
      longHistory(history);
      const fresh = [...new Set(named.map((at) => index[at % Math.max(index.length, 1)]))].filter(
        (row) => row !== undefined,
      );
      const rows = new Map(
        fresh.map((row) => [row.stream, { ...row, version: 3, part: { ...row.part, status: 'cancelled' } }]),
      );
      table = { ...table, get: async (stream) => rows.get(stream) as Row<OrderSummary> | undefined };
      const tokens = fresh.map(({ stream }) => `&consistentWith=${stream}@3`).join('');
      for (const status of ['rejected', 'cancelled'] as const) {
        const seen = (await pages(`limit=${limit}&status=${status}${tokens}`)).map(({ orders }) => orders);
        const expected = index
          .filter(({ stream, part }) => (rows.has(stream) ? 'cancelled' : part.status) === status)
          .map(({ part }) => part.orderId)
          .reverse();
        expect(seen.flatMap((orders) => orders.map(({ orderId }) => orderId))).toEqual(expected);
        for (const orders of seen) expect(orders.length).toBeLessThanOrEqual(limit);
      }
    }),
    { numRuns: Number(process.env['MODEL_RUNS'] ?? 10) },
  );
});
