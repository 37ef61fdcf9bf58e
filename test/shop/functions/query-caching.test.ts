// What the query function's answers say about caching, behind an edge and without one.
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { customerOrdersQuery } from '../../../lambdas/shop/orders/customer-order-query.ts';
import { customerOrders } from '../../../lambdas/shop/orders/customer-orders.ts';
import { orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import { orderDetail } from '../../../lambdas/shop/orders/order-detail.ts';
import { orderQueries } from '../../../lambdas/shop/orders/order-queries.ts';
import { orderStoryQuery } from '../../../lambdas/shop/orders/order-story.ts';
import { catalogue } from '../../../lambdas/shop/products/catalogue.ts';
import { productDecider } from '../../../lambdas/shop/products/decider.ts';
import { productQueries } from '../../../lambdas/shop/products/product-queries.ts';
import { api } from '../../../lambdas/shop/shop.ts';
import { stageCaching } from '../../../lambdas/spine/http/caching/caching.ts';
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import type { RouteKey } from '../../../lambdas/spine/http/operation.ts';
import { serviceQueries } from '../../../lambdas/spine/http/service/queries.ts';
import { catchUpFromStore } from '../../../lambdas/spine/kernel/projections/catch-up.ts';
import type { Projection } from '../../../lambdas/spine/kernel/projections/projection.ts';
import type { PagedReadTable } from '../../../lambdas/spine/kernel/projections/read-table.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { run } from '../../support/commands.ts';

const NOW_IN_SECONDS = 1_800_000_000;
const LIFETIME_IN_SECONDS = 600;

interface Stage {
  readonly sharedLifetimeInSeconds: number | undefined;
  /** How long the caller's token still lives. */
  readonly tokenLifeInSeconds?: number;
  readonly generation?: number;
}
const behindEdge: Stage = { sharedLifetimeInSeconds: LIFETIME_IN_SECONDS };
const withoutEdge: Stage = { sharedLifetimeInSeconds: undefined };

let store: ReturnType<typeof inMemoryEventStore>;

beforeEach(async () => {
  store = inMemoryEventStore();
  await run(store, productDecider, 'product-A', {
    type: 'ListProduct',
    sku: 'A',
    name: 'Anvil',
    unitPrice: 1,
    currency: 'EUR',
  });
  const product = { name: 'Anvil', unitPrice: 1, currency: 'EUR' };
  await run(store, orderDecider, 'order-1', {
    type: 'PlaceOrder',
    orderId: '1',
    customerId: 'alice',
    paymentToken: 'tok_ok',
    lines: [{ sku: 'A', quantity: 1, product }],
  });
  await run(store, orderDecider, 'order-1', { type: 'CancelOrder', orderId: '1', reason: 'r' });
});

async function modelOf<Part, Made extends Projection<Part>>(
  original: Made & Projection<Part>,
  stream: string,
  generation = 1,
) {
  const projection = { ...original, generation };
  const memory = inMemoryReadTable<Part>();
  await catchUpFromStore({ store, table: memory }, projection, stream);
  const all = async () => ({ rows: [...memory.rows.values()] });
  const table: PagedReadTable<Part> = { ...memory, scan: all, query: all };
  return { projection, table, store };
}

async function get(stage: Stage, route: RouteKey, changes: Partial<APIGatewayProxyEventV2> = {}) {
  const { sharedLifetimeInSeconds, tokenLifeInSeconds = 86_400, generation } = stage;
  const caller = {
    customerId: 'alice',
    isStaff: false,
    isAdmin: false,
    expiresAtInSeconds: NOW_IN_SECONDS + tokenLifeInSeconds,
  };
  const authenticate = async () => caller;
  const caching = stageCaching(sharedLifetimeInSeconds, () => NOW_IN_SECONDS * 1000);
  const handler = httpHandler([
    ...orderQueries(await modelOf(orderDetail, 'order-1', generation), authenticate, caching),
    orderStoryQuery(store, authenticate),
    customerOrdersQuery(await modelOf(customerOrders, 'order-1', generation), authenticate, caching),
    ...productQueries(await modelOf(catalogue, 'product-A', generation), caching),
    ...serviceQueries(api, new Map()),
  ]);
  const values: Record<string, string> = { orderId: '1', customerId: 'me', sku: 'A' };
  const names = [...route.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const event = {
    routeKey: route,
    rawPath: '/',
    rawQueryString: '',
    headers: {},
    pathParameters: Object.fromEntries(names.map((name) => [name, values[name]])),
    requestContext: { http: { method: 'GET' } },
    ...changes,
  } as unknown as APIGatewayProxyEventV2;
  const { statusCode, headers = {} } = await handler(event, {} as Context);
  const { 'cache-control': cacheControl, 'cache-tag': tags, vary, etag, 'last-modified': lastModified } = headers;
  return { statusCode, cacheControl, tags, vary, etag, lastModified };
}

const ownCurrent = (lifetimeInSeconds: number) =>
  `max-age=0, s-maxage=${lifetimeInSeconds}, must-revalidate, stale-if-error=0`;

describe('behind an edge', () => {
  it.each<[RouteKey, string]>([
    ['GET /orders/{orderId}', 'order-1,order-detail'],
    ['GET /orders/{orderId}/events', 'order-1,order-detail'],
    ['GET /customers/{customerId}/orders', 'customer-2bd806c97f0e00af,customer-orders'],
  ])('%s is kept for whoever sends the same token, under its own tag and its collection’s', async (route, tags) => {
    expect(await get(behindEdge, route)).toMatchObject({
      statusCode: 200,
      cacheControl: ownCurrent(LIFETIME_IN_SECONDS),
      vary: 'authorization',
      tags,
    });
  });

  it.each<[RouteKey, string]>([
    ['GET /products/{sku}', 'product-A,catalogue'],
    ['GET /products', 'products,catalogue'],
  ])('%s is kept for everyone', async (route, tags) => {
    expect(await get(behindEdge, route)).toMatchObject({
      statusCode: 200,
      cacheControl: 'public, max-age=0, s-maxage=600, stale-if-error=300',
      vary: undefined,
      tags,
    });
  });

  it('an order as it was at a version stays in browsers for a year, at the edge no longer than the others', async () => {
    expect(await get(behindEdge, 'GET /orders/{orderId}', { rawQueryString: 'version=1' })).toEqual({
      statusCode: 200,
      cacheControl: 'max-age=31536000, s-maxage=600, immutable',
      vary: 'authorization',
      tags: 'order-1,order-detail',
      etag: '"1"',
    });
  });

  it('an order as it was at an instant may still change: its events are dated by clocks that differ', async () => {
    const answer = await get(behindEdge, 'GET /orders/{orderId}', { rawQueryString: 'asOf=2026-06-01T00:00:00Z' });
    expect(answer.cacheControl).toBe(ownCurrent(LIFETIME_IN_SECONDS));
  });

  it.each([
    [30, 30],
    [30.9, 30],
    [0, 0],
    [-1, 0],
  ])('nothing is kept longer than the token lives: %f s', async (tokenLifeInSeconds, kept) => {
    const stage = { ...behindEdge, tokenLifeInSeconds };
    expect((await get(stage, 'GET /orders/{orderId}')).cacheControl).toBe(ownCurrent(kept));
    const past = await get(stage, 'GET /orders/{orderId}', { rawQueryString: 'version=1' });
    expect(past.cacheControl).toBe(`max-age=31536000, s-maxage=${kept}, immutable`);
  });

  it('a 304 says the same about caching as the answer that it confirms', async () => {
    for (const route of ['GET /orders/{orderId}', 'GET /products/{sku}', 'GET /products'] as const) {
      const { statusCode: _, ...answer } = await get(behindEdge, route);
      for (const tag of [answer.etag, `W/${answer.etag}`]) {
        const again = await get(behindEdge, route, { headers: { 'if-none-match': String(tag) } });
        expect(again).toEqual({ statusCode: 304, ...answer });
      }
    }
  });

  it('problems and health are not kept', async () => {
    const missing = await get(behindEdge, 'GET /orders/{orderId}', { pathParameters: { orderId: 'other' } });
    const unknownName = await get(behindEdge, 'GET /products', { rawQueryString: 'unknown=1' });
    const health = await get(behindEdge, 'GET /health');
    for (const [answer, statusCode] of [
      [missing, 404],
      [unknownName, 400],
      [health, 200],
    ] as const) {
      expect(answer).toMatchObject({ statusCode, cacheControl: 'no-store', tags: undefined });
    }
  });
});

const current = { cacheControl: 'private, no-cache', tags: undefined, vary: undefined };
const shared = { cacheControl: 'public, no-cache', tags: undefined, vary: undefined };

it.each<[RouteKey, object]>([
  ['GET /orders/{orderId}', current],
  ['GET /orders/{orderId}/events', current],
  ['GET /customers/{customerId}/orders', current],
  ['GET /products/{sku}', shared],
  ['GET /products', shared],
])('without an edge %s asks every cache to come back each time', async (route, expected) => {
  expect(await get(withoutEdge, route)).toMatchObject({ statusCode: 200, ...expected });
});

it.each([behindEdge, withoutEdge])(
  'a story is kept by no edge, the API’s description by all caches: %j',
  async (stage) => {
    expect(await get(stage, 'GET /orders/{orderId}/story')).toMatchObject({ statusCode: 200, ...current });
    const description = { cacheControl: 'public, max-age=300', tags: undefined, vary: undefined };
    expect(await get(stage, 'GET /openapi.json')).toMatchObject({ statusCode: 200, ...description });
  },
);

const singleViews: readonly (readonly [RouteKey, object?])[] = [
  ['GET /orders/{orderId}'],
  ['GET /orders/{orderId}', { rawQueryString: 'version=1' }],
  ['GET /products/{sku}'],
];

it('the tag of an answer that shows one stream is its version, whichever generation made it', async () => {
  for (const generation of [1, 2, 3]) {
    const answers = singleViews.map(([route, request]) => get({ ...behindEdge, generation }, route, request));
    expect((await Promise.all(answers)).map(({ etag }) => etag)).toEqual(['"2"', '"1"', '"1"']);
  }
});

it('an answer of one generation is not confirmed by another, and is by its own', async () => {
  for (const [route, request] of singleViews) {
    for (const [held, now, statusCode] of [
      [1, 1, 304],
      [1, 2, 200],
      [2, 2, 304],
      [2, 1, 200],
      [2, 3, 200],
    ] as const) {
      const { etag, lastModified } = await get({ ...behindEdge, generation: held }, route, request);
      const dated = lastModified === undefined ? {} : { 'if-modified-since': String(lastModified) };
      const headers = { 'if-none-match': String(etag), ...dated };
      const again = await get({ ...behindEdge, generation: now }, route, { ...request, headers });
      expect([held, now, again.statusCode]).toEqual([held, now, statusCode]);
    }
  }
});

it('a tag without the date that came with it confirms answers of the first generation alone', async () => {
  const headers = { 'if-none-match': '"2"' };
  expect(await get(behindEdge, 'GET /orders/{orderId}', { headers })).toMatchObject({ statusCode: 304 });
  const raised = { ...behindEdge, generation: 2 };
  expect(await get(raised, 'GET /orders/{orderId}', { headers })).toMatchObject({ statusCode: 200 });
});

it('a date of anybody else’s is passed over, as RFC 9110 has it beside a tag', async () => {
  const headers = { 'if-none-match': '"2"', 'if-modified-since': 'Sat, 29 Oct 1994 19:43:31 GMT' };
  expect(await get(behindEdge, 'GET /orders/{orderId}', { headers })).toMatchObject({ statusCode: 304 });
});
