// The document as tools that generate clients want it. Redocly checks it as it would for anybody.
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, it } from 'vitest';
import { paymentToken } from '../../../lambdas/shop/api-values.ts';
import { paymentTokens } from '../../../lambdas/shop/payments/providers/payment-tokens.ts';
import { api, readModels } from '../../../lambdas/shop/shop.ts';
import { openApiDocument } from '../../../lambdas/spine/http/openapi/document.ts';
import { tokenRule } from '../../../lambdas/spine/http/queries/consistency.ts';

type Json = Readonly<Record<string, unknown>>;

const document = openApiDocument(api, tokenRule(readModels).specialised);
const schemas = document.components.schemas as Readonly<Record<string, Json>>;
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

it('is linted without an error or a warning, by the strict rules', async () => {
  const config = await createConfig({ extends: ['recommended-strict'] });
  const problems = await lintFromString({ source: JSON.stringify(document), config });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
});

it('gives every operation a name of its own, a group and a summary', () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(['placeOrder', 'getOrder', 'listProduct', 'getDocs']));
  for (const { tags, summary } of operations) expect([tags.length, summary]).toEqual([1, expect.stringMatching(/./)]);
});

it('describes every group', () => {
  const groups = [...new Set(operations.flatMap(({ tags }) => tags))];
  const described = document.tags.map(({ name, description }) => [name, description]);
  expect(described.toSorted()).toEqual(groups.toSorted().map((name) => [name, expect.stringMatching(/\w/)]));
});

it('has an example of every body', () => {
  const bodies = operations.flatMap(({ requestBody }) => requestBody?.content['application/json'] ?? []);
  expect(bodies.length).toBeGreaterThan(0);
  for (const body of bodies) expect(body).toHaveProperty('example');
});

it('names what is shared, and refers to it', () => {
  expect(Object.keys(schemas)).toEqual(
    expect.arrayContaining([
      'Sku',
      'Currency',
      'MinorUnits',
      'OrderId',
      'PaymentToken',
      'ConsistencyToken',
      'Order',
      'Problem',
    ]),
  );
  expect(schemas['Product']).toMatchObject({ properties: { sku: { $ref: '#/components/schemas/Sku' } } });
  expect(JSON.stringify(document)).not.toContain('$defs');
});

it('calls whole numbers integers, in queries too', () => {
  const withoutDollars = JSON.stringify(document, (name, value) => (name === 'dollars' ? undefined : value));
  expect(withoutDollars).not.toContain('"number"');
  const { parameters } = document.paths['/products']?.['get'] ?? { parameters: [] };
  expect(parameters).toContainEqual({
    name: 'limit',
    in: 'query',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
  });
});

it('has patterns for tokens and currencies, and knows every currency', () => {
  expect(schemas['ConsistencyToken']).toMatchObject({
    pattern: expect.stringMatching(/^\^\(order\|product\|stock[a-z|]*\)-/),
  });
  expect(schemas['PaymentToken']).toMatchObject({ pattern: '^(tok|pm)_\\w{1,250}$' });
  expect(schemas['Currency']).toMatchObject({ pattern: '^[A-Z]{3}$', enum: expect.arrayContaining(['EUR', 'JPY']) });
});

it.each([
  ['sandbox', { enum: ['tok_ok', 'tok_declined', 'tok_silent', 'tok_flaky'] }],
  ['stripe', { pattern: '^pm_\\w{1,250}$' }],
] as const)('says which payment tokens a stage with %s takes', (provider, expected) => {
  const ofStage = openApiDocument(api, new Map([[paymentToken, paymentTokens[provider].schema]]));
  expect((ofStage.components.schemas as Record<string, Json>)['PaymentToken']).toMatchObject(expected);
});

it('says of text what is checked, in code points', () => {
  expect(schemas['CancelOrderRequest']).toMatchObject({
    properties: { reason: { type: 'string', minLength: 1, maxLength: 500 } },
  });
  const { pattern = '' } = (schemas['CancelOrderRequest'] as { properties: { reason: { pattern?: string } } })
    .properties.reason;
  const fits = new RegExp(pattern, 'u');
  expect(['x', ' x ', '😀', 'a\nb'].every((text) => fits.test(text))).toBe(true);
  expect(['', ' ', '\n', 'a\0', '\0'].some((text) => fits.test(text))).toBe(false);
});

it('links what is made to what can be done with it', () => {
  const answers = (path: string): object => document.paths[path]?.['post']?.responses ?? {};
  const links = (path: string) => (answers(path) as Record<string, Json>)['201']?.['links'];
  expect(links('/orders')).toMatchObject({
    getOrder: { operationId: 'getOrder', parameters: { orderId: '$response.body#/orderId' } },
    cancelOrder: { operationId: 'cancelOrder' },
  });
  expect(Object.keys(links('/products') ?? {})).toEqual([
    'changePrice',
    'receiveStock',
    'openStockStreams',
    'getProduct',
  ]);
});

it('says which operations are for staff alone', () => {
  const forStaff = operations.filter(({ description = '' }) => description.includes('the group `staff`'));
  expect(forStaff.map(({ operationId }) => operationId).toSorted()).toEqual([
    'changePrice',
    'deliverOrder',
    'listProduct',
    'openStockStreams',
    'receiveStock',
    'shipOrder',
  ]);
});
