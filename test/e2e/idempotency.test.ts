import { ulid } from 'ulid';
import { describe, expect, inject, test } from 'vitest';
import { type Answer, ApiClient } from '../support/api-client.ts';
import type { EventsBody, OrderChanged, OrderPage, ProductChanged } from '../support/contract-bodies.ts';
import { expectProblem } from '../support/problems.ts';
import { consistentWith, listProduct, newSku, orderOf, placeOrder, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);
const { api: customer } = await newCustomer(anyone);
const product = await stockProduct(staff);
const { sku } = product;

const withKey = (key: string = ulid()) => ({ 'idempotency-key': key });

/** What a repeated command has to answer as it did the first time. */
const essence = ({ status, headers, body }: Answer) => ({
  status,
  body,
  etag: headers.get('etag'),
  location: headers.get('location'),
  consistencyToken: headers.get('consistency-token'),
});

/** Sends the command twice and expects that the second one was recognised and told the same. */
async function expectReplay(send: () => Promise<Answer>): Promise<void> {
  const first = await send();
  expect(first.headers.get('idempotency-replayed')).toBeNull();
  const second = await send();
  expect(essence(second)).toEqual(essence(first));
  expect(second.headers.get('idempotency-replayed')).toBe('true');
}

describe('a command repeated with its key is answered as the first time', () => {
  test('when it placed an order', async () => {
    const key = withKey();
    await expectReplay(() => customer.post('/orders', orderOf({ sku, quantity: 1 }), key));
  });

  test('when it cancelled one', async () => {
    const { path } = await placeOrder(customer, product);
    const key = withKey();
    await expectReplay(() => customer.post(`${path}/cancel`, { reason: 'Once' }, key));
  });

  test('when it listed a product, changed its price or received stock', async () => {
    const listing = { sku: newSku(), name: 'Ash stool', unitPrice: 100, currency: 'EUR' };
    const [list, price, stock] = [withKey(), withKey(), withKey()];
    await expectReplay(() => staff.post('/products', listing, list));
    await expectReplay(() => staff.post(`/products/${listing.sku}/price`, { unitPrice: 200 }, price));
    await expectReplay(() => staff.post(`/products/${listing.sku}/stock`, { quantity: 3 }, stock));
    const tokens = `consistentWith=product-${listing.sku}@2&consistentWith=stock-${listing.sku}@1`;
    const { body } = await anyone.get(`/products/${listing.sku}?${tokens}`);
    expect(body).toMatchObject({ unitPrice: 200, available: 3, version: 2 });
  });

  test('when what it did has been undone since', async () => {
    const key = withKey();
    const send = () => customer.post<OrderChanged>('/orders', orderOf({ sku, quantity: 1 }), key);
    const first = await send();
    await customer.post(`/orders/${first.body.orderId}/cancel`, { reason: 'Undone' });
    expect(essence(await send())).toEqual(essence(first));
  });

  test('when 100 further commands have changed the stock', async () => {
    const { sku: busy } = await listProduct(staff);
    const key = withKey();
    const send = () => staff.post<ProductChanged>(`/products/${busy}/stock`, { quantity: 7 }, key);
    const first = await send();
    for (let count = 0; count < 100; count += 1) await staff.post(`/products/${busy}/stock`, { quantity: 1 });
    const repeated = await send();
    expect(essence(repeated)).toEqual(essence(first));
    expect(repeated.headers.get('idempotency-replayed')).toBe('true');
    const { body } = await anyone.get(`/products/${busy}?consistentWith=stock-${busy}@101`);
    expect(body).toMatchObject({ available: 107, version: 1 });
  });

  test('when its If-Match no longer fits because of it', async () => {
    const { path } = await placeOrder(customer, product);
    const headers = { ...withKey(), 'if-match': '"1"' };
    await expectReplay(() => customer.post(`${path}/cancel`, { reason: 'At one' }, headers));
  });
});

test('ten requests at once with one key place one order', async () => {
  const { api } = await newCustomer(anyone);
  const key = withKey();
  const order = orderOf({ sku, quantity: 1 });
  const answers = await Promise.all(Array.from({ length: 10 }, () => api.post<OrderChanged>('/orders', order, key)));

  const [first] = answers;
  for (const answer of answers) expect(essence(answer)).toEqual(essence(first as Answer));
  const replayed = answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true');
  expect(replayed).toHaveLength(9);
  const { body } = await api.get<OrderPage>(`/customers/me/orders?${consistentWith(first as Answer)}`);
  expect(body.orders.map(({ orderId }) => orderId)).toEqual([first?.body.orderId]);
  const { body: history } = await api.get<EventsBody>(`/orders/${first?.body.orderId}/events`);
  expect(history.events).toHaveLength(1);
});

describe('a key used before with another payload is refused', () => {
  test('when placing an order', async () => {
    const key = withKey();
    expect((await customer.post('/orders', orderOf({ sku, quantity: 1 }), key)).status).toBe(201);
    const other = await customer.post('/orders', orderOf({ sku, quantity: 2 }), key);
    expectProblem(other, 422, 'idempotency_key_reused');
  });

  test('when receiving stock', async () => {
    const key = withKey();
    expect((await staff.post(`/products/${sku}/stock`, { quantity: 1 }, key)).status).toBe(200);
    const other = await staff.post(`/products/${sku}/stock`, { quantity: 2 }, key);
    expectProblem(other, 422, 'idempotency_key_reused');
  });
});

describe("a customer's key", () => {
  test('is that customer’s alone', async () => {
    const [one, other] = [await newCustomer(anyone), await newCustomer(anyone)];
    const key = withKey();
    const first = await one.api.post<OrderChanged>('/orders', orderOf({ sku, quantity: 1 }), key);
    const second = await other.api.post<OrderChanged>('/orders', orderOf({ sku, quantity: 1 }), key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.orderId).not.toBe(first.body.orderId);
    expect(second.headers.get('idempotency-replayed')).toBeNull();
  });

  test('does not show the order to another customer who guesses it', async () => {
    const { path } = await placeOrder(customer, product);
    const key = withKey();
    expect((await customer.post(`${path}/cancel`, { reason: 'Mine' }, key)).status).toBe(200);
    const { api: stranger } = await newCustomer(anyone);
    expectProblem(await stranger.post(`${path}/cancel`, { reason: 'Mine' }, key), 404, 'not_found');
  });
});

test.each(['x'.repeat(129), 'two words', ''])('the key "%s" is refused', async (key) => {
  const answer = await customer.post('/orders', orderOf({ sku, quantity: 1 }), withKey(key));
  expectProblem(answer, 400, 'validation_failed');
});

test('a key may have 128 visible characters', async () => {
  const key = ulid() + '~'.repeat(128 - ulid().length);
  expect((await customer.post('/orders', orderOf({ sku, quantity: 1 }), withKey(key))).status).toBe(201);
});
