import { expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { OrderPage } from '../support/contract-bodies.ts';
import { untilIdle } from '../support/idle.ts';
import { expectProblem } from '../support/problems.ts';
import { listProduct, newSku, placeOrder, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);
const { api: customer } = await newCustomer(anyone);
const product = await stockProduct(staff);

test('a command with the current version in If-Match is done', async () => {
  const { path } = await placeOrder(customer, product);
  const answer = await customer.post(`${path}/cancel`, { reason: 'At one' }, { 'if-match': '"1"' });
  expect(answer).toMatchObject({ status: 200, body: { version: 2 } });
});

test('a command may name several versions, or any', async () => {
  const { sku } = await listProduct(staff);
  const price = (ifMatch: string) => staff.post(`/products/${sku}/price`, { unitPrice: 1 }, { 'if-match': ifMatch });
  expect(await price('"7", "1"')).toMatchObject({ status: 200 });
  expect(await price('*')).toMatchObject({ status: 200 });
  expectProblem(
    await staff.post(`/products/${newSku()}/price`, { unitPrice: 1 }, { 'if-match': '*' }),
    404,
    'not_found',
  );
});

test.each(['W/"1"', '"one"', '"-1"', '"7", W/"1"'])('a command with %s in If-Match never fits', async (ifMatch) => {
  const { sku } = await listProduct(staff);
  const answer = await staff.post(`/products/${sku}/price`, { unitPrice: 1 }, { 'if-match': ifMatch });
  expectProblem(answer, 412, 'version_mismatch');
  expect(answer.headers.get('etag')).toBe('"1"');
});

test('who may not see an order learns nothing of its version', async () => {
  const { path } = await placeOrder(customer, product);
  const { api: stranger } = await newCustomer(anyone);
  for (const ifMatch of ['"1"', '"9"', '*']) {
    const answer = await stranger.post(`${path}/cancel`, { reason: 'Not mine' }, { 'if-match': ifMatch });
    expectProblem(answer, 404, 'not_found');
    expect(answer.headers.get('etag')).toBeNull();
  }
});

test('a command with another version in If-Match is refused and told the current one', async () => {
  const { sku } = await listProduct(staff);
  await staff.post(`/products/${sku}/price`, { unitPrice: 2 });
  for (const stale of ['"1"', '"3"']) {
    const answer = await staff.post(`/products/${sku}/price`, { unitPrice: 1 }, { 'if-match': stale });
    expectProblem(answer, 412, 'version_mismatch');
    expect(answer.headers.get('etag')).toBe('"2"');
  }
});

test('of commands at once with the same version one is done', async () => {
  const { sku } = await listProduct(staff);
  const answers = await Promise.all(
    [10, 20, 30, 40, 50].map((unitPrice) => staff.post(`/products/${sku}/price`, { unitPrice }, { 'if-match': '"1"' })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412]);
});

test.each(['1', 'W/1', '"1', '*, "1"', ''])('an If-Match of %s is refused', async (ifMatch) => {
  const answer = await staff.post(`/products/${product.sku}/price`, { unitPrice: 1 }, { 'if-match': ifMatch });
  expectProblem(answer, 400, 'validation_failed');
});

test('what the caller has already is not sent again until it changes', async () => {
  const { sku } = await stockProduct(staff);
  const order = await placeOrder(customer, { sku });
  await untilIdle(anyone);
  const paths = [order.path, `${order.path}?version=1`, `${order.path}/events`, '/customers/me/orders'];
  for (const path of [...paths, `/products/${sku}`, '/products']) {
    const first = await customer.get(path);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^(W\/)?"[^"]+"$/);
    for (const known of [etag, `"other", ${etag}`, `W/${etag.replace('W/', '')}`]) {
      const again = await customer.get(path, { 'if-none-match': known });
      expect({ path, status: again.status, body: again.body }).toEqual({ path, status: 304, body: undefined });
      expect(again.headers.get('etag')).toBe(etag);
      expect(again.headers.get('cache-control')).toBe(first.headers.get('cache-control'));
    }
    const changed = await customer.get(path, { 'if-none-match': '"other"' });
    expect(changed).toMatchObject({ status: 200, body: first.body });
  }
});

test('a changed order has another tag, alone and in the list', async () => {
  const { api } = await newCustomer(anyone);
  const order = await placeOrder(api, product);
  const read = async () => {
    await untilIdle(anyone);
    const answers = [await api.get(order.path), await api.get<OrderPage>('/customers/me/orders')];
    return answers.map(({ headers }) => headers.get('etag') ?? '');
  };
  const [single = '', list = ''] = await read();
  await api.post(`${order.path}/cancel`, { reason: 'Changed' });
  await untilIdle(anyone);
  expect(await api.get(order.path, { 'if-none-match': single })).toMatchObject({ status: 200 });
  expect(await api.get('/customers/me/orders', { 'if-none-match': list })).toMatchObject({ status: 200 });
});
