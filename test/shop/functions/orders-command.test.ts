// Placing an order over HTTP: the total that was agreed on, and how many orders may await payment.
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeEach, expect, it } from 'vitest';
import { orderEndpoints } from '../../../lambdas/shop/orders/command-handler.ts';
import { openOrders } from '../../../lambdas/shop/orders/open-orders.ts';
import { paymentTokens } from '../../../lambdas/shop/payments/providers/payment-tokens.ts';
import { productDecider } from '../../../lambdas/shop/products/decider.ts';
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import { type InMemoryEventStore, inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { run } from '../../support/commands.ts';

const ALLOWED = 50;
let store: InMemoryEventStore;
/** What the read model counts; an error when it cannot be asked. */
let counted: number | Error;
let asked: [customerId: string, atMost: number][];

beforeEach(async () => {
  store = inMemoryEventStore();
  counted = 0;
  asked = [];
  await run(store, productDecider, 'product-A', { type: 'ListProduct', sku: 'A', ...anvil });
});

const anvil = { name: 'Anvil', unitPrice: 100, currency: 'EUR' };
const setPrice = (unitPrice: number) =>
  run(store, productDecider, 'product-A', { type: 'ChangePrice', sku: 'A', unitPrice });

async function post(body: object, headers: Readonly<Record<string, string>> = {}, customerId = 'alice') {
  const ports = { store, wait: () => Promise.resolve(), random: () => 0 };
  const authenticate = async () => ({ customerId, isStaff: false, isAdmin: false, expiresAtInSeconds: 0 });
  const count = async (...question: [string, number]) => {
    asked.push(question);
    if (counted instanceof Error) throw counted;
    return counted;
  };
  const event = {
    ...{ routeKey: 'POST /orders', rawPath: '/orders', rawQueryString: '' },
    headers: { 'content-type': 'application/json', ...headers },
    requestContext: { http: { method: 'POST', path: '/orders' } },
    body: JSON.stringify({ lines: [{ sku: 'A', quantity: 2 }], paymentToken: 'tok_ok', ...body }),
  } as unknown as APIGatewayProxyEventV2;
  const endpoints = orderEndpoints(ports, authenticate, paymentTokens.sandbox, openOrders(count, ALLOWED));
  const answer = await httpHandler(endpoints)(event, {} as Context);
  return { status: answer.statusCode, headers: answer.headers ?? {}, body: JSON.parse(answer.body ?? 'null') };
}

const isPlaced = ({ body }: { body: { orderId?: string } }) => store.commits(`order-${body.orderId}`).length === 1;

it('an order at the total that the customer has seen is placed; at another one it tells the new total', async () => {
  expect(isPlaced(await post({ expectedTotal: 200 }))).toBe(true);
  await setPrice(150);
  const refused = await post({ expectedTotal: 200 });
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'total_changed', status: 409, total: 300, currency: 'EUR', instance: '/orders' },
  });
  expect(isPlaced(await post({ expectedTotal: refused.body.total }))).toBe(true);
});

it.each([-1, 1.5, '200', null])('an expected total of %j is no amount', async (expectedTotal) => {
  const { status, body } = await post({ expectedTotal });
  expect([status, body.code, body.errors[0].pointer]).toEqual([400, 'validation_failed', '/body/expectedTotal']);
});

it('a repeat answers as the first time though the price has changed since, and another total is another payload', async () => {
  const key = { 'idempotency-key': 'once' };
  const first = await post({ expectedTotal: 200 }, key);
  await setPrice(150);
  const again = await post({ expectedTotal: 200 }, key);
  expect(again).toMatchObject({ status: 201, body: first.body, headers: { 'idempotency-replayed': 'true' } });
  expect(await post({ expectedTotal: 300 }, key)).toMatchObject({
    status: 422,
    body: { code: 'idempotency_key_reused' },
  });
  expect(await post({}, key)).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
});

it('a key is its customer’s own: another one who uses it places another order', async () => {
  const key = { 'idempotency-key': 'once' };
  const own = await post({}, key);
  const other = await post({}, key, 'bob');
  expect(other).toMatchObject({ status: 201, body: { status: 'placed' } });
  expect(other.headers).not.toHaveProperty('idempotency-replayed');
  expect(other.body.orderId).not.toBe(own.body.orderId);
});

it('the order after as many as may await payment is refused, and counted for its customer no further than that', async () => {
  counted = ALLOWED - 1;
  expect((await post({})).status).toBe(201);
  counted = ALLOWED;
  expect(await post({})).toMatchObject({ status: 409, body: { code: 'too_many_open_orders' } });
  expect(asked).toEqual([
    ['alice', ALLOWED],
    ['alice', ALLOWED],
  ]);
});

it('a repeat of an order that was placed answers as the first time though no more may be placed', async () => {
  const key = { 'idempotency-key': 'once' };
  const first = await post({}, key);
  counted = ALLOWED;
  expect(await post({}, key)).toMatchObject({
    status: 201,
    body: first.body,
    headers: { 'idempotency-replayed': 'true' },
  });
  expect(await post({ lines: [{ sku: 'A', quantity: 3 }] }, key)).toMatchObject({ status: 422 });
  expect((await post({}, { 'idempotency-key': 'new' })).status).toBe(409);
});

it('orders are placed while nobody can count them', async () => {
  counted = new Error('no index');
  expect((await post({})).status).toBe(201);
});
