import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { expect, it } from 'vitest';
import { orderEndpoints } from '../../../lambdas/shop/orders/command-handler.ts';
import { paymentTokens } from '../../../lambdas/shop/payments/providers/payment-tokens.ts';
import type { ProviderName } from '../../../lambdas/shop/payments/providers/provider-name.ts';
import { productDecider } from '../../../lambdas/shop/products/decider.ts';
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { run } from '../../support/commands.ts';

async function place(provider: ProviderName, paymentToken: unknown) {
  const store = inMemoryEventStore();
  const product = { sku: 'A', name: 'Anvil', unitPrice: 100, currency: 'EUR' };
  await run(store, productDecider, 'product-A', { type: 'ListProduct', ...product });
  const ports = { store, wait: () => Promise.resolve(), random: () => 0 };
  const authenticate = () =>
    Promise.resolve({ customerId: 'c', isStaff: false, isAdmin: false, expiresAtInSeconds: 0 });
  const event = {
    routeKey: 'POST /orders',
    rawPath: '/orders',
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    requestContext: { http: { method: 'POST', path: '/orders' } },
    body: JSON.stringify({ lines: [{ sku: 'A', quantity: 1 }], paymentToken }),
  } as unknown as APIGatewayProxyEventV2;
  const endpoints = orderEndpoints(ports, authenticate, paymentTokens[provider], async () => undefined);
  const { statusCode, body } = await httpHandler(endpoints)(event, {} as Context);
  return { statusCode, json: JSON.parse(body ?? 'null') };
}

it.each<[ProviderName, string]>([
  ['sandbox', 'tok_ok'],
  ['sandbox', 'tok_declined'],
  ['sandbox', 'tok_silent'],
  ['sandbox', 'tok_flaky'],
  ['stripe', 'pm_1QabcDEF'],
  ['stripe', 'pm_card_visa'],
])('an order of a stage with %s takes %s', async (provider, token) => {
  expect((await place(provider, token)).statusCode).toBe(201);
});

it.each<[ProviderName, unknown]>([
  ['sandbox', 'tok_other'],
  ['sandbox', 'pm_card_visa'],
  ['sandbox', '4242424242424242'],
  ['stripe', 'tok_ok'],
  ['stripe', 'pm_'],
  ['stripe', 'pm_a/../refunds'],
  ['stripe', undefined],
])('an order of a stage with %s refuses %s and names the field', async (provider, token) => {
  const { statusCode, json } = await place(provider, token);
  expect([statusCode, json.code]).toEqual([400, 'validation_failed']);
  expect(json.errors).toEqual([{ pointer: '/body/paymentToken', detail: expect.any(String) }]);
});

it('a refusal never repeats the token, which may be a card number given by mistake', async () => {
  expect(JSON.stringify(await place('sandbox', '4242424242424242'))).not.toContain('4242');
});
