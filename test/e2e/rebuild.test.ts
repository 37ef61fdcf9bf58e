// A read model is rebuilt on a host with orders, by one command, while orders are placed and lists are read: after a deployment that
// replaced an index and a table, added a read model and raised a generation, and over a kill half way. `REBUILD_ORDERS=10000` is the full size.
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { nextVersion } from '../localstack/next-version.ts';
import { ApiClient } from '../support/api-client.ts';
import type { OrderBody, OrderPage, ProductBody } from '../support/contract-bodies.ts';
import { type Eventspine, newDataDirectory, startEventspine } from '../support/eventspine.ts';
import { untilIdle } from '../support/idle.ts';
import { type Crowd, gatherCrowd, type Placement, placeOrders } from '../support/load.ts';
import { ops } from '../support/ops.ts';
import { signInStaff, tokenFor } from '../support/sign-in.ts';
import { onLocalHost } from '../support/target.ts';

const { test } = onLocalHost;

const ORDERS = Number(process.env['REBUILD_ORDERS'] ?? 300);
const IDLE_WITHIN_MILLIS = 120_000 + 20 * ORDERS;

let dataDirectory: string;
let next: string;
let host: Eventspine;
let crowd: Crowd;
const placed: Placement[] = [];

beforeAll(async () => {
  dataDirectory = await newDataDirectory();
  [host, next] = await Promise.all([startEventspine(dataDirectory), nextVersion()]);
});

afterAll(async () => {
  await host.kill();
  await Promise.all([dataDirectory, next].map((folder) => rm(folder, { recursive: true })));
});

const anyone = () => new ApiClient(host.url);
const operator = async () => anyone().as(await tokenFor(anyone(), { sub: 'operator', groups: ['admin'] }));

async function listOf(staff: ApiClient, customerId: string): Promise<OrderPage['orders']> {
  const { status, body } = await staff.get<OrderPage>(`/customers/${customerId}/orders?limit=100`);
  expect(status).toBe(200);
  return body.orders;
}

const newestFirst = (orders: OrderPage['orders']) =>
  orders
    .map(({ placedAt }) => placedAt)
    .toSorted()
    .toReversed();

/** Places orders and reads their lists until told to stop: no read fails, and no order that was seen is ever missing or goes back. */
function keepBusy(staff: ApiClient) {
  let isOver = false;
  let reads = 0;
  const seen = new Map<string, number>();
  const place = async () => {
    while (!isOver) placed.push(...(await placeOrders(crowd, 8, (order) => order())));
  };
  const read = async () => {
    while (!isOver) {
      const { orderId, customerId } = placed[reads % placed.length] as Placement;
      const { status, body } = await staff.get<OrderBody>(`/orders/${orderId}`);
      expect([status, body.version]).toEqual([200, expect.any(Number)]);
      expect(body.version).toBeGreaterThanOrEqual(seen.get(orderId) ?? 1);
      seen.set(orderId, body.version);
      expect(await listOf(staff, customerId)).not.toEqual([]);
      reads += 2;
    }
  };
  const ended = Promise.all([place(), read()]);
  return async () => {
    isOver = true;
    await ended;
    return reads;
  };
}

test(
  'the orders of before are placed and at rest',
  async () => {
    crowd = await gatherCrowd(anyone());
    placed.push(...(await placeOrders(crowd, ORDERS, (order) => order())));
    await untilIdle(anyone(), IDLE_WITHIN_MILLIS);
  },
  60_000 + 100 * ORDERS,
);

test('where every row stands already, a rebuild writes none', async () => {
  const { state, swept, total, written } = await ops(anyone(), 'rebuild', 'order-detail', '--watch');
  expect({ state, written }).toEqual({ state: 'done', written: 0 });
  expect(swept).toBe(total);
  expect(swept).toBeGreaterThanOrEqual(2 * ORDERS);
}, 120_000);

test('after a deployment, answers are those of before until one command each has filled the new index and table', async () => {
  await host.stop();
  host = await startEventspine(dataDirectory, {}, [], next);
  const staff = await signInStaff(anyone());
  const [customer] = crowd.customers;
  crowd = await gatherCrowd(anyone());
  const before = await listOf(staff, customer?.id ?? '');
  expect(before.map(({ placedAt }) => placedAt)).toEqual(newestFirst(before));

  const rest = keepBusy(staff);
  const rebuilt = await ops(anyone(), 'rebuild', 'customer-orders', '--watch');
  const moved = await ops(anyone(), 'rebuild', 'orders-by-id', '--watch');
  const reads = await rest();
  expect(rebuilt).toMatchObject({ state: 'done', unreadable: 0 });
  expect(moved).toMatchObject({ state: 'done', unreadable: 0 });
  expect(moved['written']).toBeGreaterThan(0);
  process.stdout.write(`rebuild: ${JSON.stringify({ ...rebuilt, orders: placed.length, readsMeanwhile: reads })}\n`);

  await expect
    .poll(async () => (await listOf(staff, customer?.id ?? '')).map(({ placedAt }) => placedAt))
    .toEqual(newestFirst(before).toReversed());
  await untilIdle(anyone(), IDLE_WITHIN_MILLIS);
  for (const { id } of crowd.customers) {
    const mine = placed.filter(({ customerId }) => customerId === id).map(({ orderId }) => orderId);
    const listed = (await listOf(staff, id)).map(({ orderId }) => orderId);
    expect(listed.toSorted()).toEqual(mine.toSorted().slice(0, 100));
  }
}, 300_000);

test('a read model that was added is filled over a kill half way, and a raised generation is folded anew', async () => {
  const admin = await operator();
  const begun = await Promise.all(
    ['order-status', 'catalogue'].map((readModel) => admin.post<{ rebuildId: string }>('/ops/rebuilds', { readModel })),
  );
  expect(begun.map(({ status }) => status)).toEqual([202, 202]);
  const again = await admin.post('/ops/rebuilds', { readModel: 'order-status' });
  expect([202, 409]).toContain(again.status);
  await host.kill();
  host = await startEventspine(dataDirectory, {}, [], next);
  const [status, catalogue] = await Promise.all(
    begun.map(({ body }) => ops(anyone(), 'rebuild', '--status', body.rebuildId, '--watch')),
  );
  expect(status).toMatchObject({ state: 'done', unreadable: 0 });
  expect(catalogue).toMatchObject({ state: 'done', unreadable: 0 });
  const { body } = await anyone().get<ProductBody>(`/products/${crowd.skus[0]}`);
  expect(body.name).toBe(body.name.toUpperCase());
  await untilIdle(anyone(), IDLE_WITHIN_MILLIS);
  // Whatever a rebuild has left out, it would write now.
  for (const readModel of ['order-status', 'customer-orders', 'order-detail', 'orders-by-id', 'catalogue']) {
    expect(await ops(anyone(), 'rebuild', readModel, '--watch')).toMatchObject({ state: 'done', written: 0 });
  }
}, 300_000);
