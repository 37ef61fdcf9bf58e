// The edge before the API: reads come from its cache until their row changes, and never from another caller's.
import { rm } from 'node:fs/promises';
import { ulid } from 'ulid';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { type Answer, ApiClient } from '../support/api-client.ts';
import type { OrderBody, OrderPage, ProductBody } from '../support/contract-bodies.ts';
import { type Eventspine, newDataDirectory, startEventspine } from '../support/eventspine.ts';
import { plan } from '../support/faults.ts';
import { untilIdle } from '../support/idle.ts';
import { expectProblem } from '../support/problems.ts';
import { consistentWith, type ListedProduct, type PlacedOrder, placeOrder, stockProduct } from '../support/shop.ts';
import { type Customer, newCustomer, signInStaff } from '../support/sign-in.ts';
import { onLocalHost } from '../support/target.ts';

const { describe, test: it } = onLocalHost;

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);

let product: ListedProduct;
let customer: Customer;
let order: PlacedOrder;

beforeAll(async () => {
  product = await stockProduct(staff);
  customer = await newCustomer(anyone);
  order = await placeOrder(customer.api, product);
  await untilIdle(anyone);
});

const servedFrom = ({ headers }: Answer): string | null => headers.get('x-cache');
const HIT = 'Hit from cloudfront';
const MISS = 'Miss from cloudfront';

/** The four reads that the edge keeps, each by who may ask. */
const reads: readonly { readonly name: string; ask(headers?: Record<string, string>): Promise<Answer> }[] = [
  { name: 'an order', ask: (headers) => customer.api.get(order.path, headers) },
  { name: 'a customer’s list', ask: (headers) => customer.api.get('/customers/me/orders', headers) },
  { name: 'a product', ask: (headers) => anyone.get(`/products/${product.sku}`, headers) },
  { name: 'the list of products', ask: (headers) => anyone.get('/products?limit=100', headers) },
];

/** Reads until the edge answers from its cache. */
async function warm<Body>(ask: () => Promise<Answer<Body>>): Promise<Answer<Body>> {
  await ask();
  const answer = await ask();
  expect(servedFrom(answer)).toBe(HIT);
  return answer;
}

describe.each(reads)('$name', ({ ask }) => {
  it('is answered from the cache when it is asked for again, with its age', async () => {
    const first = await ask();
    const second = await ask();
    expect(second).toMatchObject({ status: 200, body: first.body });
    expect(servedFrom(second)).toBe(HIT);
    expect(Number(second.headers.get('age'))).toBeGreaterThanOrEqual(0);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
  });

  it('is 304 from the cache for those who have it', async () => {
    const { headers } = await warm<unknown>(ask);
    const again = await ask({ 'if-none-match': headers.get('etag') ?? '' });
    expect(again).toMatchObject({ status: 304, body: undefined });
    expect(servedFrom(again)).toBe(HIT);
  });
});

describe('after a command, once nothing is on its way,', () => {
  it('a product and the list of products are fresh', async () => {
    const path = `/products/${product.sku}`;
    const before = await warm(() => anyone.get<ProductBody>(path));
    await warm(() => anyone.get('/products?limit=100'));
    const unitPrice = before.body.unitPrice + 1;
    await staff.post(`${path}/price`, { unitPrice });
    await untilIdle(anyone);

    const after = await anyone.get<ProductBody>(path);
    expect(after.body).toMatchObject({ unitPrice, version: before.body.version + 1 });
    expect(servedFrom(after)).toBe(MISS);
    expect(servedFrom(await anyone.get('/products?limit=100'))).toBe(MISS);
  });

  it('an order and its customer’s list are fresh', async () => {
    const mine = await placeOrder(customer.api, product);
    await untilIdle(anyone);
    await warm(() => customer.api.get(mine.path));
    await warm(() => customer.api.get('/customers/me/orders'));
    await customer.api.post(`${mine.path}/cancel`, { reason: 'changed my mind' });
    await untilIdle(anyone);

    const view = await customer.api.get<OrderBody>(mine.path);
    expect(view.body).toMatchObject({ status: 'cancelled' });
    expect(servedFrom(view)).toBe(MISS);
    const list = await customer.api.get<OrderPage>('/customers/me/orders');
    expect(list.body.orders.find(({ orderId }) => orderId === mine.orderId)).toMatchObject({ status: 'cancelled' });
  });

  it('a thing that was not there is found: no 404 is kept', async () => {
    const sku = `SKU-${ulid()}`;
    expectProblem(await anyone.get(`/products/${sku}`), 404, 'not_found');
    await stockProduct(staff, 1, { sku });
    await untilIdle(anyone);
    expect((await anyone.get(`/products/${sku}`)).status).toBe(200);
  });
});

describe('on a host whose invalidations are lost', () => {
  let host: Eventspine;

  beforeAll(async () => {
    host = await startEventspine(await newDataDirectory());
  });

  afterAll(async () => {
    await host.kill();
    await rm(host.dataDirectory, { recursive: true });
  });

  it('a read with the command’s token is fresh at once, and one without it is as old as before', async () => {
    const visitor = new ApiClient(host.url);
    const clerk = await signInStaff(visitor);
    const path = `/products/${(await stockProduct(clerk)).sku}`;
    await untilIdle(visitor);
    const before = await warm(() => visitor.get<ProductBody>(path));
    await plan(visitor, { function: 'invalidator', mode: 'drop', times: 1_000 });

    const changed = await clerk.post(`${path}/price`, { unitPrice: 1 });
    const fresh = await visitor.get<ProductBody>(`${path}?${consistentWith(changed)}`);
    expect(fresh.body).toMatchObject({ unitPrice: 1, version: before.body.version + 1 });
    await untilIdle(visitor);
    const stale = await visitor.get<ProductBody>(path);
    expect(stale.body).toEqual(before.body);
    expect(servedFrom(stale)).toBe(HIT);
  });
});

describe('what is private', () => {
  it('is never answered to another caller, however warm the cache', async () => {
    const callers = await Promise.all(Array.from({ length: 24 }, () => newCustomer(anyone)));
    const orders = await Promise.all(callers.map(({ api }) => placeOrder(api, product)));
    await untilIdle(anyone, 60_000);
    const pathsOf = ({ path }: PlacedOrder) => [path, `${path}/events`, `${path}/story`];
    for (const round of ['cold', 'warm']) {
      await Promise.all(
        callers.map(async ({ api }, index) => {
          const own = orders[index] as PlacedOrder;
          for (const path of pathsOf(own))
            expect({ round, path, ...(await api.get(path)) }).toMatchObject({ status: 200 });
          const { body } = await api.get<OrderPage>('/customers/me/orders');
          expect(body.orders.map(({ orderId }) => orderId)).toEqual([own.orderId]);
        }),
      );
    }
    await Promise.all(
      callers.map(async ({ api }, index) => {
        const neighbour = (index + 1) % callers.length;
        for (const path of pathsOf(orders[neighbour] as PlacedOrder))
          expectProblem(await api.get(path), 404, 'not_found');
        const { id } = callers[neighbour] as Customer;
        expectProblem(await api.get(`/customers/${id}/orders`), 404, 'not_found');
      }),
    );
    for (const { path } of orders) expectProblem(await anyone.get(path), 401, 'unauthenticated');
  });

  it('is not for caches on the way: the viewer is told so', async () => {
    const { headers } = await warm(() => customer.api.get(order.path));
    expect(headers.get('cache-control')).toMatch(/\bprivate\b/);
    expect(headers.get('vary')).toMatch(/authorization/i);
  });
});

describe('a viewer', () => {
  it.each(reads)('is not told what is between the edge and the API: $name', async ({ ask }) => {
    const { headers } = await warm<unknown>(ask);
    expect(headers.get('cache-control')).not.toContain('s-maxage');
    expect(headers.has('cache-tag')).toBe(false);
  });

  it('has its own correlation id on an answer from the cache', async () => {
    await warm(() => anyone.get(`/products/${product.sku}`));
    const given = `mine-${ulid()}`;
    const answer = await anyone.get(`/products/${product.sku}`, { 'x-correlation-id': given });
    expect(servedFrom(answer)).toBe(HIT);
    expect(answer.headers.get('x-correlation-id')).toBe(given);
    const [one, other] = [await anyone.get('/products'), await anyone.get('/products')];
    expect(one.headers.get('x-correlation-id')).not.toBe(other.headers.get('x-correlation-id'));
  });

  it('who misspells a parameter is told so though the answer without it is in the cache', async () => {
    await warm(() => anyone.get('/products'));
    expectProblem(await anyone.get('/products?limits=5'), 400, 'validation_failed');
    expectProblem(await anyone.get('/products?limits=5'), 400, 'validation_failed');
  });
});
