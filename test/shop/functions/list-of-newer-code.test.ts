// After a rollback: newer code has folded rows anew, and written events to one of their streams that this code cannot read.
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeEach, expect, it } from 'vitest';
import { customerOrdersQuery } from '../../../lambdas/shop/orders/customer-order-query.ts';
import { customerOrders, type OrderSummary } from '../../../lambdas/shop/orders/customer-orders.ts';
import { orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import { catalogue, type ProductPart, type ProductView } from '../../../lambdas/shop/products/catalogue.ts';
import { productDecider } from '../../../lambdas/shop/products/decider.ts';
import { productQueries } from '../../../lambdas/shop/products/product-queries.ts';
import type { StockPart } from '../../../lambdas/shop/stock/stock-part.ts';
import { stageCaching } from '../../../lambdas/spine/http/caching/caching.ts';
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import type { ReadModel } from '../../../lambdas/spine/http/queries/read-model.ts';
import type { ViewModel } from '../../../lambdas/spine/http/queries/views.ts';
import { catchUpFromStore } from '../../../lambdas/spine/kernel/projections/catch-up.ts';
import type { Projection } from '../../../lambdas/spine/kernel/projections/projection.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { run } from '../../support/commands.ts';

const product = { name: 'Anvil', unitPrice: 1, currency: 'EUR' };
const customerId = 'alice';
let store: ReturnType<typeof inMemoryEventStore>;
let products: ViewModel<ProductPart, StockPart, ProductView>;
let orders: ReadModel<OrderSummary>;

beforeEach(async () => {
  store = inMemoryEventStore();
  for (const [at, sku] of ['A', 'B', 'C'].entries()) {
    const time = `2026-01-01T00:00:0${at}.000Z`;
    await run(store, productDecider, `product-${sku}`, { type: 'ListProduct', sku, ...product }, { time });
    const order = { type: 'PlaceOrder', orderId: sku, customerId, paymentToken: 'tok_ok' } as const;
    const lines = [{ sku, quantity: 1, product }];
    await run(store, orderDecider, `order-${sku}`, { ...order, lines }, { time });
  }
  products = await modelOf<ProductPart | StockPart, typeof catalogue>(catalogue, 'product');
  orders = await modelOf(customerOrders, 'order');
});

/** All streams of the category, as newer code has folded them. */
async function modelOf<Part, Made extends Projection<Part>>(projection: Made & Projection<Part>, category: string) {
  const table = inMemoryReadTable<Part>();
  const newer = { ...projection, generation: projection.generation + 1 };
  for (const id of ['A', 'B', 'C']) await catchUpFromStore({ store, table }, newer, `${category}-${id}`);
  return { projection, table, store };
}

async function byNewerCode(stream: string): Promise<void> {
  const provenance = { time: '2026-01-02T00:00:00.000Z', correlationId: 'c', causationId: 'c' };
  const events = [{ type: 'OfNewerCode', schemaVersion: '1.0.0', data: {} }];
  await store.append({ ...provenance, stream, version: 2, id: 'newer', events });
}

async function get(routeKey: string, rawQueryString: string) {
  const caching = stageCaching(600, () => 0);
  const authenticate = async () => ({ customerId, isStaff: false, isAdmin: false, expiresAtInSeconds: 600 });
  const handler = httpHandler([
    ...productQueries(products, caching),
    customerOrdersQuery(orders, authenticate, caching),
  ]);
  const request = {
    ...{ routeKey, rawPath: '/', rawQueryString },
    headers: {},
    pathParameters: routeKey.includes('{') ? { customerId: 'me' } : {},
  };
  const event = { ...request, requestContext: { http: { method: 'GET' } } };
  const { statusCode, headers, body } = await handler(event as unknown as APIGatewayProxyEventV2, {} as Context);
  return { statusCode, cacheControl: headers?.['cache-control'], body: JSON.parse(body ?? '{}') };
}

const lists = [
  ['GET /products', 'product', 'products', 'sku', ['A', 'B', 'C']],
  ['GET /customers/{customerId}/orders', 'order', 'orders', 'orderId', ['C', 'B', 'A']],
] as const;

const shown = (body: Record<string, Record<string, string>[]>, field: string, id: string) =>
  body[field]?.map((each) => each[id]);

it.each(lists)(
  '%s shows what this code can read, and lets no cache keep it',
  async (route, category, field, id, all) => {
    await byNewerCode(`${category}-B`);
    const { statusCode, cacheControl, body } = await get(route, '');
    expect({ statusCode, cacheControl, shown: shown(body, field, id) }).toEqual({
      ...{ statusCode: 200, cacheControl: 'no-store' },
      shown: all.filter((each) => each !== 'B'),
    });
  },
);

it.each(lists)('%s is kept where it is whole', async (route, _, field, id, all) => {
  const { cacheControl, body } = await get(route, '');
  expect(cacheControl).toContain('s-maxage=600');
  expect(shown(body, field, id)).toEqual(all);
});

it.each(lists)('%s has all others on its pages', async (route, category, field, id, all) => {
  await byNewerCode(`${category}-C`);
  const pages: (string | undefined)[] = [];
  let cursor: string | undefined = '';
  while (cursor !== undefined) {
    const { body } = await get(route, `limit=1${cursor && `&cursor=${cursor}`}`);
    pages.push(...(shown(body, field, id) ?? []));
    cursor = body.nextCursor;
  }
  expect(pages).toEqual(all.filter((each) => each !== 'C'));
});
