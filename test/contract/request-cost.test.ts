// What every route asks of DynamoDB at most, counted at the client: the bounds that docs/architecture.md states.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { orderEndpoints } from '../../lambdas/shop/orders/command-handler.ts';
import { customerOrdersQuery } from '../../lambdas/shop/orders/customer-order-query.ts';
import { customerOrders, openByCustomer } from '../../lambdas/shop/orders/customer-orders.ts';
import { openOrders } from '../../lambdas/shop/orders/open-orders.ts';
import { orderDetail } from '../../lambdas/shop/orders/order-detail.ts';
import { orderQueries } from '../../lambdas/shop/orders/order-queries.ts';
import { orderStoryQuery } from '../../lambdas/shop/orders/order-story.ts';
import { callbackEndpoint } from '../../lambdas/shop/payments/callback/handler.ts';
import { signCallback } from '../../lambdas/shop/payments/providers/callback-signature.ts';
import { paymentTokens } from '../../lambdas/shop/payments/providers/payment-tokens.ts';
import { catalogue } from '../../lambdas/shop/products/catalogue.ts';
import { productEndpoints } from '../../lambdas/shop/products/command-handler.ts';
import { productQueries } from '../../lambdas/shop/products/product-queries.ts';
import { api, shop } from '../../lambdas/shop/shop.ts';
import { dynamoDbEventStore } from '../../lambdas/spine/aws/dynamodb/event-store.ts';
import { dynamoDbReadTable } from '../../lambdas/spine/aws/dynamodb/read-table.ts';
import { countRows } from '../../lambdas/spine/aws/dynamodb/row-count.ts';
import { stageCaching } from '../../lambdas/spine/http/caching/caching.ts';
import { httpHandler } from '../../lambdas/spine/http/http-handler.ts';
import { serviceQueries } from '../../lambdas/spine/http/service/queries.ts';
import type { EventStore } from '../../lambdas/spine/kernel/event-store.ts';
import type { Projection } from '../../lambdas/spine/kernel/projections/projection.ts';
import { routesOf } from '../../lambdas/spine/manifest/routes.ts';
import { type Bound, expectBound, withoutBound } from './support/bounds.ts';
import { type Call, countCalls } from './support/counted-calls.ts';
import { createReadTable } from './support/create-read-table.ts';
import { startDynalite } from './support/dynalite.ts';
import {
  CUSTOMER,
  fillCatalogue,
  fillCustomerOrders,
  fulfilLargeOrder,
  lines,
  OPEN_ORDERS,
  product,
  startStreams,
} from './support/large-shop.ts';
import { createEventTable, testClient } from './support/tables.ts';

const routes = routesOf(shop);

const SECRET = 'shared';
/** Five streams of which no row knows yet. */
const tokensOf = (category: string) => [0, 1, 2, 3, 4].map((at) => `consistentWith=${category}-NEW-${at}@1`).join('&');

let stop: () => Promise<void>;
let calls: Call[];
let answer: ReturnType<typeof httpHandler>;

beforeAll(async () => {
  const server = await startDynalite();
  stop = server.stop;
  const client = testClient(server.endpoint);
  await createEventTable(client, 'events');
  for (const projection of [orderDetail, customerOrders, catalogue])
    await createReadTable(client, projection.name, projection.indexes);
  const store = dynamoDbEventStore(client, 'events');
  await fulfilLargeOrder(store);
  await startStreams(store);
  await fillCustomerOrders(client);
  await fillCatalogue(client);
  calls = countCalls(client);
  answer = apiOn(client, store);
});
afterAll(() => stop());

function apiOn(client: DynamoDBClient, store: EventStore) {
  const staff = async () => ({
    customerId: CUSTOMER,
    isStaff: true,
    isAdmin: false,
    expiresAtInSeconds: 0,
  });
  const ports = {
    store,
    wait: () => Promise.resolve(),
    random: () => 0,
    secret: async () => SECRET,
    now: () => 0,
    newId: () => 'id',
    countFailedRefund: () => {},
  };
  const modelOf = <Part, Made extends Projection<Part>>(projection: Made & Projection<Part>) => ({
    ...{ projection, store },
    table: dynamoDbReadTable<Part>(client, projection.name, projection.viewKey),
  });
  const countOpen = (partition: string, atMost: number) =>
    countRows(client, customerOrders.name, { index: openByCustomer, partition, atMost });
  const caching = stageCaching(undefined);
  return httpHandler([
    ...productEndpoints(ports, staff),
    ...orderEndpoints(ports, staff, paymentTokens.sandbox, openOrders(countOpen, OPEN_ORDERS + 1)),
    callbackEndpoint('sandbox', ports),
    ...orderQueries(modelOf(orderDetail), staff, caching),
    orderStoryQuery(store, staff),
    customerOrdersQuery(modelOf(customerOrders), staff, caching),
    ...productQueries(modelOf(catalogue), caching),
    ...serviceQueries(api, new Map()),
  ]);
}

const callback = { orderId: 'LARGE', outcome: 'declined' };
const one = { Query: 1, PutItem: 1 };
const refreshed = { GetItem: 1, Query: 1, PutItem: 1 };

const bounds: readonly Bound[] = [
  { route: 'POST /products', body: { sku: 'A', ...product }, status: 201, calls: { PutItem: 1 }, units: 1 },
  {
    route: 'POST /products/{sku}/price',
    path: { sku: 'NEW-0' },
    body: { unitPrice: 1 },
    status: 200,
    calls: one,
    units: 2,
  },
  {
    route: 'POST /products/{sku}/stock',
    path: { sku: 'NEW-1' },
    body: { quantity: 1 },
    status: 200,
    calls: { Query: 2, PutItem: 1 },
    units: 3,
  },
  {
    route: 'POST /products/{sku}/stock/streams',
    path: { sku: 'NEW-2' },
    body: { streams: 1 },
    status: 200,
    calls: { Query: 4, PutItem: 3 },
    units: 7,
  },
  {
    route: 'POST /orders',
    body: { lines, paymentToken: 'tok_ok' },
    status: 201,
    calls: { Query: 101, PutItem: 1 },
    units: 120,
  },
  {
    route: 'POST /orders/{orderId}/cancel',
    path: { orderId: 'CANCELLED' },
    body: { reason: 'r' },
    status: 200,
    calls: one,
    units: 2,
  },
  {
    route: 'POST /orders/{orderId}/ship',
    path: { orderId: 'SHIPPED' },
    body: { carrier: 'DHL', trackingNumber: '1' },
    ...{ status: 200, calls: one, units: 2 },
  },
  {
    route: 'POST /orders/{orderId}/deliver',
    path: { orderId: 'DELIVERED' },
    body: {},
    status: 200,
    calls: one,
    units: 2,
  },
  {
    route: 'POST /payment-callbacks',
    body: callback,
    headers: { 'payment-signature': signCallback(SECRET, JSON.stringify(callback), 0) },
    ...{ status: 202, calls: { Query: 1 }, units: 1 },
  },
  {
    route: 'GET /orders/{orderId}',
    path: { orderId: 'READ' },
    query: 'consistentWith=order-READ@1',
    ...{ status: 200, calls: refreshed, units: 3 },
  },
  { route: 'GET /orders/{orderId}', path: { orderId: 'READ' }, status: 200, calls: { GetItem: 1 }, units: 1 },
  { route: 'GET /orders/{orderId}', path: { orderId: 'NONE' }, status: 404, calls: { GetItem: 1 }, units: 1 },
  {
    route: 'GET /orders/{orderId}',
    path: { orderId: 'LARGE' },
    query: 'version=1',
    status: 200,
    calls: { Query: 1 },
    units: 5,
  },
  { route: 'GET /orders/{orderId}/events', path: { orderId: 'LARGE' }, status: 200, calls: { Query: 1 }, units: 5 },
  {
    route: 'GET /orders/{orderId}/story',
    path: { orderId: 'LARGE' },
    status: 200,
    calls: { Query: 4, BatchGetItem: 2 },
    units: 250,
  },
  {
    route: 'GET /customers/{customerId}/orders',
    path: { customerId: 'me' },
    query: `limit=100&status=rejected&${tokensOf('order')}`,
    status: 200,
    calls: { GetItem: 5, Query: 7, PutItem: 5 },
    units: 64,
  },
  {
    route: 'GET /customers/{customerId}/orders',
    path: { customerId: 'me' },
    query: 'limit=100',
    ...{ status: 200, calls: { Query: 1 }, units: 10 },
  },
  {
    route: 'GET /customers/{customerId}/orders',
    path: { customerId: 'me' },
    query: 'limit=100&status=rejected',
    ...{ status: 200, calls: { Query: 2 }, units: 64 },
  },
  { route: 'GET /products', query: 'limit=100', status: 200, calls: { Scan: 1 }, units: 10 },
  {
    route: 'GET /products',
    query: `limit=100&${tokensOf('product')}`,
    status: 200,
    calls: { GetItem: 5, Query: 5, PutItem: 5, Scan: 1 },
    units: 30,
  },
  {
    route: 'GET /products/{sku}',
    path: { sku: 'SKU-0' },
    query: 'consistentWith=stock-SKU-0@3',
    ...{ status: 200, calls: { Query: 3, PutItem: 2 }, units: 5 },
  },
  { route: 'GET /products/{sku}', path: { sku: 'SKU-0' }, status: 200, calls: { Query: 1 }, units: 1 },
  { route: 'GET /products/{sku}', path: { sku: 'NONE' }, status: 404, calls: { Query: 1 }, units: 1 },
  { route: 'GET /health', status: 200, calls: {}, units: 0 },
  { route: 'GET /openapi.json', status: 200, calls: {}, units: 0 },
  { route: 'GET /docs', status: 200, calls: {}, units: 0 },
];

it.each(bounds)('$route with $path and $query asks for $calls', (bound) => expectBound(bound, answer, calls));

it('every route has a bound', () => {
  const ofTheShop = routes.map(({ key }) => key).filter((key) => key !== '$default' && !key.includes(' /ops/'));
  expect(withoutBound(ofTheShop, bounds)).toEqual([]);
});
