import { beforeAll, describe, expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { OrderPage, ProductPage } from '../support/contract-bodies.ts';
import { untilIdle } from '../support/idle.ts';
import { expectProblem } from '../support/problems.ts';
import { placeOrder, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);
const { api: customer } = await newCustomer(anyone);
const skus: string[] = [];
const orderIds: string[] = [];

beforeAll(async () => {
  for (let count = 0; count < 5; count += 1) {
    const product = await stockProduct(staff);
    skus.push(product.sku);
    orderIds.push((await placeOrder(customer, product)).orderId);
  }
  await untilIdle(anyone);
});

/** All pages of a list, each fetched with the cursor of the one before. */
async function pagesOf<Page extends { readonly nextCursor?: string }>(api: ApiClient, path: string): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor = '';
  do {
    const { status, body } = await api.get<Page>(`${path}${cursor}`);
    expect(status).toBe(200);
    pages.push(body);
    cursor = body.nextCursor === undefined ? '' : `&cursor=${encodeURIComponent(body.nextCursor)}`;
  } while (cursor !== '');
  return pages;
}

test('the pages of the products hold each product once', async () => {
  const pages = await pagesOf<ProductPage>(anyone, '/products?limit=2');
  for (const { products } of pages.slice(0, -1)) expect(products).toHaveLength(2);
  const listed = pages.flatMap(({ products }) => products.map(({ sku }) => sku));
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed).toEqual(expect.arrayContaining(skus));
});

test("the pages of a customer's orders hold each order once, newest first", async () => {
  const pages = await pagesOf<OrderPage>(customer, '/customers/me/orders?limit=2');
  expect(pages.map(({ orders }) => orders.length)).toEqual([2, 2, 1]);
  expect(pages.flatMap(({ orders }) => orders.map(({ orderId }) => orderId))).toEqual(orderIds.toReversed());
});

test('a page that holds all has no cursor', async () => {
  const { body } = await customer.get<OrderPage>('/customers/me/orders?limit=5');
  expect(body.orders).toHaveLength(5);
  expect(body).not.toHaveProperty('nextCursor');
});

test('a list has 20 entries by default and 100 at most', async () => {
  const many = await newCustomer(anyone);
  const [sku = ''] = skus;
  for (let count = 0; count < 21; count += 1) await placeOrder(many.api, { sku });
  await untilIdle(anyone);
  const first = await many.api.get<OrderPage>('/customers/me/orders');
  expect(first.body.orders).toHaveLength(20);
  expect(first.body.nextCursor).toBeDefined();
  const all = await many.api.get<OrderPage>('/customers/me/orders?limit=100');
  expect(all.body.orders).toHaveLength(21);
});

test.each(['0', '101', '-1', '1.5', 'ten', ''])('a limit of "%s" is refused', async (limit) => {
  expectProblem(await anyone.get(`/products?limit=${limit}`), 400, 'validation_failed');
  expectProblem(await customer.get(`/customers/me/orders?limit=${limit}`), 400, 'validation_failed');
});

describe('a cursor', () => {
  const cursorOf = async (path: string): Promise<string> => {
    const { body } = await customer.get<{ nextCursor: string }>(`${path}?limit=2`);
    return body.nextCursor;
  };

  test.each(['/products', '/customers/me/orders'])('of %s with one character changed is refused', async (path) => {
    const cursor = await cursorOf(path);
    const positions = [0, 1, Math.floor(cursor.length / 2), cursor.length - 2, cursor.length - 1];
    for (const position of positions) {
      for (const other of ['A', 'b', '_'].filter((character) => character !== cursor[position])) {
        const altered = cursor.slice(0, position) + other + cursor.slice(position + 1);
        const answer = await customer.get(`${path}?limit=2&cursor=${encodeURIComponent(altered)}`);
        expectProblem(answer, 400, 'validation_failed');
      }
    }
    for (const altered of [cursor.slice(0, -1), `${cursor}A`, `${cursor}.`, 'x', '']) {
      const answer = await customer.get(`${path}?limit=2&cursor=${encodeURIComponent(altered)}`);
      expectProblem(answer, 400, 'validation_failed');
    }
  });

  test('of another list is refused', async () => {
    const products = encodeURIComponent(await cursorOf('/products'));
    const orders = encodeURIComponent(await cursorOf('/customers/me/orders'));
    const other = await newCustomer(anyone);
    expectProblem(await customer.get(`/customers/me/orders?cursor=${products}`), 400, 'validation_failed');
    expectProblem(await customer.get(`/customers/me/orders?status=placed&cursor=${orders}`), 400, 'validation_failed');
    expectProblem(await other.api.get(`/customers/me/orders?cursor=${orders}`), 400, 'validation_failed');
  });
});
