// Whose order it is: the owner's and staff's, as it is, as it was, its events and its story.
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeEach, expect, it } from 'vitest';
import { orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import { type OrderView, orderDetail } from '../../../lambdas/shop/orders/order-detail.ts';
import { orderQueries } from '../../../lambdas/shop/orders/order-queries.ts';
import { orderStoryQuery } from '../../../lambdas/shop/orders/order-story.ts';
import { stageCaching } from '../../../lambdas/spine/http/caching/caching.ts';
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import { catchUpFromStore } from '../../../lambdas/spine/kernel/projections/catch-up.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { run } from '../../support/commands.ts';

let store: ReturnType<typeof inMemoryEventStore>;
const table = inMemoryReadTable<OrderView>();

beforeEach(async () => {
  store = inMemoryEventStore();
  const lines = [{ sku: 'A', quantity: 1, product: { name: 'Anvil', unitPrice: 1, currency: 'EUR' } }];
  const order = { type: 'PlaceOrder', orderId: '1', customerId: 'alice', paymentToken: 'tok_ok' } as const;
  await run(store, orderDecider, 'order-1', { ...order, lines });
  await catchUpFromStore({ store, table }, orderDetail, 'order-1');
});

async function get(route: string, customerId: string, isStaff = false) {
  const authenticate = async () => ({ customerId, isStaff, isAdmin: false, expiresAtInSeconds: 0 });
  const handler = httpHandler([
    ...orderQueries({ projection: orderDetail, table, store }, authenticate, stageCaching(undefined)),
    orderStoryQuery(store, authenticate),
  ]);
  const [routeKey, rawQueryString = ''] = route.split('?', 2);
  const request = { ...{ routeKey, rawPath: '/', rawQueryString }, headers: {}, pathParameters: { orderId: '1' } };
  const event = { ...request, requestContext: { http: { method: 'GET' } } };
  return handler(event as unknown as APIGatewayProxyEventV2, {} as Context);
}

it.each([
  'GET /orders/{orderId}',
  'GET /orders/{orderId}?version=1',
  'GET /orders/{orderId}?asOf=2999-01-01T00:00:00Z',
  'GET /orders/{orderId}?consistentWith=order-1@1',
  'GET /orders/{orderId}/events',
  'GET /orders/{orderId}/story',
])('%s answers the owner and staff, and to anybody else there is no such order', async (route) => {
  expect((await get(route, 'alice')).statusCode).toBe(200);
  expect((await get(route, 'sam', true)).statusCode).toBe(200);
  const refused = await get(route, 'bob');
  expect(refused.statusCode).toBe(404);
  expect(refused.headers).not.toHaveProperty('etag');
  expect(refused.body).not.toContain('alice');
});

it('says of a version that was never reached to the owner alone that it was not', async () => {
  const route = 'GET /orders/{orderId}?consistentWith=order-1@2';
  expect((await get(route, 'alice')).statusCode).toBe(400);
  expect((await get(route, 'bob')).statusCode).toBe(404);
});
