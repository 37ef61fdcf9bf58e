// What is refused, and that a refusal leaves no trace in the event table.
import { gzipSync } from 'node:zlib';
import { describe, expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { expectProblem } from '../support/problems.ts';
import { appends, expectRefusal } from '../support/refusals.ts';
import { newSku, orderOf, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);
const { api: customer } = await newCustomer(anyone);
const { sku } = await stockProduct(staff);
const good = orderOf({ sku, quantity: 1 });
const json = { 'content-type': 'application/json' };

test('an accepted order is appended', async () => {
  const before = await appends(anyone);
  expect((await customer.post('/orders', good)).status).toBe(201);
  expect(await appends(anyone)).toBeGreaterThan(before);
});

describe('the body of an order is refused', () => {
  const sendRaw = (body: string, headers: Readonly<Record<string, string>> = json) =>
    customer.send('POST', '/orders', { body, headers });

  test('with 65 KB', async () => {
    const padding = 'x'.repeat(65 * 1024 - JSON.stringify({ ...good, padding: '' }).length);
    await expectRefusal(anyone, () => sendRaw(JSON.stringify({ ...good, padding })), 413, 'payload_too_large');
  });

  test.each([
    ['without a content type', {}],
    ['as text', { 'content-type': 'text/plain' }],
    ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('%s', async (_, headers) => {
    await expectRefusal(anyone, () => sendRaw(JSON.stringify(good), headers), 415, 'unsupported_media_type');
  });

  test.each([
    ['that is broken JSON', '{"lines": ['],
    ['that is empty', ''],
    ['that is a list', '[]'],
    ['that is null', 'null'],
  ])('%s', async (_, body) => {
    await expectRefusal(anyone, () => sendRaw(body), 400, 'validation_failed');
  });

  const lines = (...quantities: unknown[]) => quantities.map((quantity) => ({ sku: newSku(), quantity }));
  test.each([
    ['an unknown property', { ...good, price: 1 }, '/body/price'],
    [
      'an unknown property in a line',
      { ...good, lines: [{ sku, quantity: 1, unitPrice: 1 }] },
      '/body/lines/0/unitPrice',
    ],
    ['a bad sku', { ...good, lines: [{ sku: 'no spaces', quantity: 1 }] }, '/body/lines/0/sku'],
    ['a sku of 65 characters', { ...good, lines: [{ sku: 'A'.repeat(65), quantity: 1 }] }, '/body/lines/0/sku'],
    ['the quantity 0', { ...good, lines: lines(0) }, '/body/lines/0/quantity'],
    ['the quantity 1001', { ...good, lines: lines(1, 1001) }, '/body/lines/1/quantity'],
    ['the quantity 1.5', { ...good, lines: lines(1.5) }, '/body/lines/0/quantity'],
    ['a quantity as text', { ...good, lines: lines('1') }, '/body/lines/0/quantity'],
    ['a sku twice', { ...good, lines: [...good.lines, ...good.lines] }, '/body/lines/1/sku'],
    ['no line', { ...good, lines: [] }, '/body/lines'],
    ['101 lines', { ...good, lines: lines(...Array(101).fill(1)) }, '/body/lines'],
    ['an unknown payment token', { ...good, paymentToken: 'tok_other' }, '/body/paymentToken'],
    ['no payment token', { lines: good.lines }, '/body/paymentToken'],
  ])('with %s', async (_, body, pointer) => {
    const problem = await expectRefusal(anyone, () => customer.post('/orders', body), 400, 'validation_failed');
    expect(problem.errors?.map((error) => error.pointer)).toEqual([pointer]);
  });
});

describe('a query parameter that is not known is refused', () => {
  test.each(['/products', '/customers/me/orders', '/orders/A', '/orders/A/events'])('by GET %s', async (path) => {
    expectProblem(await customer.get(`${path}?colour=red`), 400, 'validation_failed');
  });

  test('by POST /orders', async () => {
    await expectRefusal(anyone, () => customer.post('/orders?dryRun=true', good), 400, 'validation_failed');
  });
});

test.each([
  ['GET', '/nowhere'],
  ['GET', '/'],
  ['PUT', '/products/A-1/colour'],
])('%s %s is not found', async (method, path) => {
  const problem = await expectRefusal(anyone, () => staff.send(method, path), 404, 'not_found');
  expect(problem.instance).toBe(path);
});

test.each([
  ['DELETE', '/orders', 'OPTIONS, POST'],
  ['GET', '/orders', 'OPTIONS, POST'],
  ['PUT', '/products/A-1', 'GET, HEAD, OPTIONS'],
  ['GET', '/orders/A/cancel', 'OPTIONS, POST'],
  ['PATCH', '/products', 'GET, HEAD, OPTIONS, POST'],
])('%s %s is refused with the methods that are there', async (method, path, allow) => {
  await expectRefusal(anyone, () => staff.send(method, path), 405, 'method_not_allowed');
  const { headers } = await staff.send(method, path);
  expect(headers.get('allow')).toBe(allow);
});

test('a compressed body is refused', async () => {
  const body = gzipSync(JSON.stringify(good)).toString('latin1');
  const headers = { ...json, 'content-encoding': 'gzip' };
  await expectRefusal(anyone, () => customer.send('POST', '/orders', { body, headers }), 415, 'unsupported_media_type');
});

test.each(['payment-A@1', 'fulfilment-A@1'])('a token of another category, %s, is refused', async (token) => {
  const answer = await anyone.get(`/products?consistentWith=${token}`);
  const problem = expectProblem(answer, 400, 'validation_failed');
  expect(problem.errors?.[0]?.detail).toMatch(/order or product/);
});
