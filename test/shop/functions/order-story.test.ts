// An order's story names the events that are its own, and nobody else's.
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeEach, expect, it } from 'vitest';
import { orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import { orderStoryQuery } from '../../../lambdas/shop/orders/order-story.ts';
import { productDecider } from '../../../lambdas/shop/products/decider.ts';
import { stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import { run as execute } from '../../support/commands.ts';
import { type FulfilmentWorld, fulfilmentWorld } from '../fulfilment/world.ts';

const product = { name: 'Thing', unitPrice: 5, currency: 'EUR' };
let world: FulfilmentWorld;

beforeEach(async () => {
  world = fulfilmentWorld();
  await execute(world.store, productDecider, 'product-A', { type: 'ListProduct', sku: 'A', ...product });
  await execute(world.store, stockDecider, 'stock-A', { type: 'ReceiveStock', sku: 'A', quantity: 9, isListed: true });
});

async function place(orderId: string): Promise<void> {
  const lines = [{ sku: 'A', quantity: 1, product }];
  const command = { type: 'PlaceOrder', orderId, customerId: 'c', paymentToken: 'tok_ok', lines } as const;
  await execute(world.store, orderDecider, `order-${orderId}`, command);
}

async function storyOf(orderId: string): Promise<{ id: string; type: string; causationid: string; data: object }[]> {
  const caller = async () => ({ customerId: 'c', isStaff: false, isAdmin: false, expiresAtInSeconds: 2_000_000_000 });
  const event = {
    ...{ routeKey: 'GET /orders/{orderId}/story', rawPath: `/orders/${orderId}/story`, rawQueryString: '' },
    ...{ headers: {}, pathParameters: { orderId }, requestContext: { http: { method: 'GET' } } },
  } as unknown as APIGatewayProxyEventV2;
  const handler = httpHandler([orderStoryQuery(world.store, caller)]);
  return JSON.parse((await handler(event, {} as Context)).body ?? '').events;
}

/** Another order takes the product's newest place, after this one's stock was reserved by a run that nobody remembers. */
async function reserveTwiceUnknown(): Promise<void> {
  await execute(world.store, stockDecider, 'stock-A', {
    type: 'ReserveStock',
    orderId: 'O',
    quantity: 1,
  });
  await execute(world.store, stockDecider, 'stock-A', {
    type: 'ReserveStock',
    orderId: 'X',
    quantity: 4,
  });
}

it('names the stock events that the order led to', async () => {
  await place('O');
  await world.settle();
  const reserved = (await storyOf('O')).filter(({ id }) => id.startsWith('stock-'));
  expect(reserved.map(({ id, type }) => ({ id, type }))).toEqual([
    { id: 'stock-A@2', type: 'eventspine.StockReserved.v1' },
  ]);
});

it('names no event of another order when the reservation stood already', async () => {
  await place('O');
  await reserveTwiceUnknown();
  await world.settle();
  const story = await storyOf('O');
  expect(JSON.stringify(story)).not.toContain('stock-A@3');
  const told = new Set(story.map(({ id }) => id));
  expect(story.filter(({ causationid }) => !told.has(causationid)).map(({ type }) => type)).toEqual([
    'eventspine.OrderPlaced.v1',
    'eventspine.StockReserved.v1',
  ]);
});

it('shows no event of another order even where a stored cause names one', async () => {
  await place('O');
  await reserveTwiceUnknown();
  const provenance = { time: '2026-01-01T00:00:00.000Z', correlationId: 'c' };
  const started = { type: 'LineReserved', schemaVersion: '2.0.0', data: { sku: 'A', stream: 0, version: 3 } };
  await world.store.append({
    ...{ ...provenance, stream: 'fulfilment-O', version: 1, id: 'old', causationId: 'stock-A@3', events: [started] },
  });
  expect((await storyOf('O')).map(({ id }) => id)).toEqual(['order-O@1', 'fulfilment-O@1']);
});

it('shows what paid the order in none of its streams', async () => {
  await place('O');
  await world.settle();
  const story = await storyOf('O');
  expect(JSON.stringify(story)).not.toContain('tok_ok');
  const withToken = story.filter(({ data }) => 'paymentToken' in data);
  expect(withToken.map(({ type, data }) => [type.split('.')[1], data])).toEqual(
    ['OrderPlaced', 'FulfilmentStarted', 'PaymentRequested'].map((name) => [
      name,
      expect.objectContaining({ paymentToken: '[redacted]' }),
    ]),
  );
});
