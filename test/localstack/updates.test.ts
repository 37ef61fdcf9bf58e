// What a deployment changes, and what it must not: the tests go on from one to the next, and leave the next version deployed.
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { GRACE_IN_MILLIS } from '../../lambdas/spine/ops/audits/recent.ts';
import { ApiClient } from '../support/api-client.ts';
import type { OrderPage, ProductBody } from '../support/contract-bodies.ts';
import { Cdk } from '../support/deployed/cdk.ts';
import { resourcesOf } from '../support/deployed/resources.ts';
import { expectEmails } from '../support/emails.ts';
import { untilIdle } from '../support/idle.ts';
import { CLIENTS, gatherCrowd, lostEvents, lostSummaries, lostViews, placeOrders } from '../support/load.ts';
import { ops } from '../support/ops.ts';
import { paidWith } from '../support/payments.ts';
import { line, type PlacedOrder, place, stockProduct } from '../support/shop.ts';
import { type Customer, newCustomer, signInStaff } from '../support/sign-in.ts';
import { nextVersion } from './next-version.ts';
import { placeOrdersWhile } from './persistent-clients.ts';

const IDLE_WITHIN_MILLIS = 60_000;

const target = inject('target');
const resources = resourcesOf({ stage: inject('stageContext')['stage'] ?? '' });
const cdk = new Cdk(inject('stageContext'));
const anyone = new ApiClient(target.apiUrl);
const staff = await signInStaff(anyone);

let next: string;
/** Whose orders are from before the update. */
let before: Customer;
let untouched: PlacedOrder;

beforeAll(async () => {
  next = await nextVersion();
});

afterAll(() => rm(next, { recursive: true }));

test('nothing is left to deploy', async () => {
  expect(await cdk.diff()).toContain('Number of stacks with differences: 0');
});

test('an update that raises a generation and adds a read model stops nobody and loses no order', async () => {
  before = await newCustomer(anyone);
  const lamp = await stockProduct(staff, 10, { name: 'Brass lamp' });
  const early = await place(before.api, paidWith('tok_ok', line(lamp, 1)));
  untouched = await place(before.api, paidWith('tok_ok', line(lamp, 1)));
  await untilIdle(anyone);
  // From here on the audit looks at what is written later, so that it fills no row of theirs in a new table by itself.
  await delay(GRACE_IN_MILLIS);
  expect(await ops(anyone, 'audit', 'recent', '--watch')).toMatchObject({ state: 'done', unreadable: 0 });
  const crowd = await gatherCrowd(anyone);

  const { placements: meanwhile, repeats } = await placeOrdersWhile(crowd, cdk.deploy(next));
  const after = await placeOrders(crowd, CLIENTS, (order) => order());
  const { queues } = await untilIdle(anyone, IDLE_WITHIN_MILLIS);

  process.stdout.write(`update: ${JSON.stringify({ ordersMeanwhile: meanwhile.length, repeats })}\n`);
  expect(meanwhile.length).toBeGreaterThan(CLIENTS);
  const placements = [...meanwhile, ...after];
  expect(await lostEvents(staff, placements)).toEqual([]);
  expect(await lostViews(staff, placements, 'confirmed')).toEqual([]);
  expect(await lostSummaries(staff, placements)).toEqual([]);
  expect(queues.filter(({ deadLetters }) => deadLetters > 0)).toEqual([]);
  // MiniStack kills a function whose code it replaces: between SES's answer and the note of it, that repeats the e-mail.
  for (const { email, id } of crowd.customers) {
    const orders = placements.filter(({ customerId }) => customerId === id);
    const mailed = orders.map(({ orderId }) => ({ orderId, kind: 'confirmed' }));
    await expectEmails(anyone, { email }, mailed, { inAnyOrder: true, mayRepeat: true });
  }

  // A row of the generation before is folded anew when it is read.
  const { body } = await anyone.get<ProductBody>(`/products/${lamp.sku}`);
  expect(body).toMatchObject({ name: 'BRASS LAMP', available: 8 });

  // The new read model has what was placed since, and of an order from before all events as soon as one more comes.
  expect(await statusesOf(after)).toEqual(after.map(() => ['OrderPlaced', 'OrderConfirmed']));
  expect(await statusesOf([early])).toEqual([undefined]);
  await staff.post(`${early.path}/ship`, { carrier: 'DHL', trackingNumber: '1' });
  await untilIdle(anyone);
  expect(await statusesOf([early])).toEqual([['OrderPlaced', 'OrderConfirmed', 'OrderShipped']]);
});

/** What the new read model has of orders. */
const statusesOf = (orders: readonly { readonly orderId: string }[]): Promise<unknown[]> =>
  Promise.all(
    orders.map(async ({ orderId }) => {
      const row = await resources.row('orderstatus', `order-${orderId}`);
      return (row?.['part'] as { statuses: unknown } | undefined)?.statuses;
    }),
  );

test('answers are those of before until one command each has filled the new index, table and read model', async () => {
  const [newest, oldest] = await placedAts();
  expect([newest, oldest]).toEqual([newest, oldest].toSorted().toReversed());
  expect(await statusesOf([untouched])).toEqual([undefined]);
  const { hops } = (await ops(anyone, 'pipeline')) as unknown as {
    hops: readonly { name: string; deadLetters: number }[];
  };
  expect(hops.map(({ name }) => name)).toEqual(expect.arrayContaining(['relay', 'fan-out', 'orders-by-id', 'work']));
  expect(hops.filter(({ deadLetters }) => deadLetters > 0)).toEqual([]);
  const dry = await ops(anyone, 'rebuild', 'orders-by-id', '--dry-run');
  expect(dry).toEqual({ estimate: expect.objectContaining({ streams: expect.any(Number) }) });
  expect(await movedRow()).toBeUndefined();
  expect((await staff.get(untouched.path)).status).toBe(200);
  for (const readModel of ['order-status', 'customer-orders', 'orders-by-id']) {
    expect(await ops(anyone, 'rebuild', readModel, '--watch')).toMatchObject({ state: 'done', unreadable: 0 });
  }
  expect(await statusesOf([untouched])).toEqual([['OrderPlaced', 'OrderConfirmed']]);
  await expect.poll(placedAts).toEqual([oldest, newest]);
  expect(await movedRow()).toMatchObject({ part: { orderId: untouched.orderId } });
  expect((await staff.get(untouched.path)).status).toBe(200);
});

/** The row of an order from before in the table with other keys. */
const movedRow = () => resources.row('ordersbyid', `order-${untouched.orderId}`, untouched.orderId);

const placedAts = async (): Promise<string[]> => {
  const { body } = await staff.get<OrderPage>(`/customers/${before.id}/orders`);
  return body.orders.map(({ placedAt }) => placedAt);
};

test('after the update nothing is left to deploy', async () => {
  expect(await cdk.diff(next)).toContain('Number of stacks with differences: 0');
});
