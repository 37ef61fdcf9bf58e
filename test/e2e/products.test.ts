import { expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { ProductBody, ProductChanged } from '../support/contract-bodies.ts';
import { expectProblem, expectUnauthenticated } from '../support/problems.ts';
import { consistentWith, listProduct, newSku } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';
import { basePath } from '../support/target.ts';

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);
const { api: customer } = await newCustomer(anyone);
const product = () => ({ sku: newSku(), name: 'Oak chair', unitPrice: 4_990, currency: 'EUR' });

test('a listed product is created at its location, at version 1, with nothing in stock', async () => {
  const listing = product();
  const answer = await staff.post<ProductChanged>('/products', listing);

  expect(answer).toMatchObject({ status: 201, body: { sku: listing.sku, version: 1 } });
  expect(answer.headers.get('etag')).toBe('"1"');
  expect(answer.headers.get('consistency-token')).toBe(`product-${listing.sku}@1`);
  const path = `/products/${listing.sku}`;
  expect(answer.headers.get('location')).toBe(`${basePath}${path}`);
  const found = await anyone.get<ProductBody>(`${path}?${consistentWith(answer)}`);
  expect(found.status).toBe(200);
  expect(found.body).toEqual({ ...listing, available: 0, version: 1 });
  expect(found.headers.get('etag')).toBe('"1"');
  expect(found.headers.get('cache-control')).toMatch(/\bpublic\b/);
});

test('a new price and received stock show in the product, each at the version of its own stream', async () => {
  const { sku } = await listProduct(staff);
  const priced = await staff.post<ProductChanged>(`/products/${sku}/price`, { unitPrice: 13_000 });
  const stocked = await staff.post<ProductChanged>(`/products/${sku}/stock`, { quantity: 40 });

  expect(priced).toMatchObject({ status: 200, body: { sku, version: 2 } });
  expect(stocked).toMatchObject({ status: 200, body: { sku, version: 1 } });
  expect(stocked.headers.get('etag')).toBe('"1"');
  expect(stocked.headers.get('consistency-token')).toBe(`stock-${sku}@1`);
  const tokens = [priced, stocked].map(consistentWith).join('&');
  const { body } = await anyone.get<ProductBody>(`/products/${sku}?${tokens}`);
  expect(body).toMatchObject({ unitPrice: 13_000, available: 40, version: 2 });
});

test('stock in several streams is as much as in one, and at the version that If-Match asks for', async () => {
  const { sku } = await listProduct(staff);
  const path = `/products/${sku}/stock`;
  await staff.post(path, { quantity: 100 });
  const opened = await staff.post<ProductChanged>(`${path}/streams`, { streams: 4 }, { 'if-match': '"1"' });
  expect(opened).toMatchObject({ status: 200, body: { sku, version: 5 } });
  expect(opened.headers.get('consistency-token')).toBe(`stock-${sku}@5`);
  expectProblem(await staff.post(`${path}/streams`, { streams: 8 }, { 'if-match': '"1"' }), 412, 'version_mismatch');
  const again = await staff.post<ProductChanged>(`${path}/streams`, { streams: 2 });
  expect(again.body.version).toBeGreaterThanOrEqual(5);
  await expect
    .poll(async () => (await anyone.get<ProductBody>(`/products/${sku}?${consistentWith(again)}`)).body.available)
    .toBe(100);
});

test.each([0, 33, 1.5])('a product has no %s streams of stock beside the first', async (streams) => {
  const { sku } = await listProduct(staff);
  expectProblem(await staff.post(`/products/${sku}/stock/streams`, { streams }), 400, 'validation_failed');
});

test('a sku is listed once', async () => {
  const { sku } = await listProduct(staff);
  expectProblem(await staff.post('/products', { ...product(), sku }), 409, 'product_already_listed');
});

test('what is not listed has no price, no stock and no page', async () => {
  const path = `/products/${newSku()}`;
  expectProblem(await staff.post(`${path}/price`, { unitPrice: 1 }), 404, 'not_found');
  expectProblem(await staff.post(`${path}/stock`, { quantity: 1 }), 404, 'not_found');
  expectProblem(await staff.post(`${path}/stock/streams`, { streams: 1 }), 404, 'not_found');
  expectProblem(await anyone.get(path), 404, 'not_found');
});

test.each([
  ['list a product', '/products', product()],
  ['change a price', '/products/A-1/price', { unitPrice: 1 }],
  ['receive stock', '/products/A-1/stock', { quantity: 1 }],
  ['open streams of stock', '/products/A-1/stock/streams', { streams: 1 }],
])('only staff may %s', async (_, path, body) => {
  expectProblem(await customer.post(path, body), 403, 'forbidden');
  expectUnauthenticated(await anyone.post(path, body));
});

test.each([
  ['a negative price', '/products', { ...product(), unitPrice: -1 }, '/body/unitPrice'],
  ['a price with a fraction', '/products', { ...product(), unitPrice: 9.5 }, '/body/unitPrice'],
  ['a currency that is none', '/products', { ...product(), currency: 'EURO' }, '/body/currency'],
  ['an empty name', '/products', { ...product(), name: '' }, '/body/name'],
  ['a sku in lower case', '/products', { ...product(), sku: 'abc' }, '/body/sku'],
  ['no stock', '/products/A-1/stock', { quantity: 0 }, '/body/quantity'],
  ['half an item in stock', '/products/A-1/stock', { quantity: 1.5 }, '/body/quantity'],
  ['a price as text', '/products/A-1/price', { unitPrice: '1' }, '/body/unitPrice'],
  ['a bad sku in the path', '/products/a_1/price', { unitPrice: 1 }, '/path/sku'],
])('%s is refused, with a pointer to it', async (_, path, body, pointer) => {
  const problem = expectProblem(await staff.post(path, body), 400, 'validation_failed');
  expect(problem.errors?.map((error) => error.pointer)).toEqual([pointer]);
});
