// Each function fails in each way in turn, while clients go on ordering, cancelling, paying and restocking: at rest nothing is lost,
// nothing happened twice, and what is shown is what happened.
import { rm } from 'node:fs/promises';
import pMap from 'p-map';
import { afterAll, beforeAll, expect } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { EmailsBody, OrderBody, StatusBody } from '../support/contract-bodies.ts';
import { type Eventspine, newDataDirectory, startEventspine } from '../support/eventspine.ts';
import { cancel, order, pay, restock, untilAnswered } from '../support/eventual-commands.ts';
import { type Fault, faultsHappened, plan } from '../support/faults.ts';
import { listed, rowsThatAreNoFolds, unbalancedStock } from '../support/folds.ts';
import { untilIdle } from '../support/idle.ts';
import { paidWith } from '../support/payments.ts';
import { type ListedProduct, line, stockProduct } from '../support/shop.ts';
import { type Customer, newCustomer, signInStaff } from '../support/sign-in.ts';
import { onLocalHost } from '../support/target.ts';

const { test } = onLocalHost;

const behindTheApi = ['orders-command', 'products-command', 'payment-callback', 'query'];
const getBatches = [
  'relay',
  'fan-out',
  'order-detail-projector',
  'customer-orders-projector',
  'catalogue-projector',
  'order-fulfilment',
  'notifications',
  'invalidator',
];
const RECEIVED = 1_000;
const TIMES = 2;
const SLOW_BY_MILLIS = 300;
/** A message that a function had when it died comes back after 10 s. */
const IDLE_WITHIN_MILLIS = 100_000;
const REPAIRED_WITHIN_MILLIS = 90_000;

const cells: readonly Fault[] = [...behindTheApi, ...getBatches].flatMap((name) =>
  modesOf(name).map((mode) => ({
    ...{ function: name, mode, times: TIMES },
    ...(mode === 'slow' && { millis: SLOW_BY_MILLIS }),
  })),
);

function modesOf(name: string): readonly Fault['mode'][] {
  const ofAll = ['throw', 'crash', 'duplicate', 'slow'] as const;
  return getBatches.includes(name) ? [...ofAll, 'shuffle'] : ofAll;
}

interface Shop {
  readonly anyone: ApiClient;
  readonly staff: ApiClient;
  readonly customers: readonly [Customer, Customer, Customer];
  readonly product: ListedProduct;
  /** What clients were told, by order. */
  readonly expected: Map<string, { readonly customer: Customer; status: OrderBody['status']; emails: string[] }>;
  /** Under way. */
  readonly payments: Promise<void>[];
  restocked: number;
}

let host: Eventspine;
let shop: Shop;

beforeAll(async () => {
  host = await startEventspine(await newDataDirectory());
  const anyone = new ApiClient(host.url);
  const staff = await signInStaff(anyone);
  const customers = [await newCustomer(anyone), await newCustomer(anyone), await newCustomer(anyone)] as const;
  const product = await stockProduct(staff, RECEIVED);
  shop = { anyone, staff, customers, product, expected: new Map(), payments: [], restocked: 0 };
});

afterAll(async () => {
  await host.stop();
  await rm(host.dataDirectory, { recursive: true });
});

/** Four clients at once: one order is paid at once, one later, one is cancelled, and a piece comes in. */
async function trade({ anyone, staff, customers: [one, other, third], product, expected }: Shop): Promise<void> {
  const wanted = (token: Parameters<typeof paidWith>[0]) => paidWith(token, line(product, 1));
  const placed = async (customer: Customer, token: Parameters<typeof paidWith>[0]) => {
    const orderId = await order(customer.api, wanted(token));
    expected.set(orderId, { customer, status: 'confirmed', emails: ['confirmed'] });
    await untilAnswered(() => staff.get<OrderBody>(`/orders/${orderId}?consistentWith=order-${orderId}@1`), 200);
    return orderId;
  };
  await Promise.all([
    placed(one, 'tok_ok'),
    placed(other, 'tok_silent').then((orderId) => shop.payments.push(pay(anyone, orderId, IDLE_WITHIN_MILLIS))),
    placed(third, 'tok_silent').then(async (orderId) => {
      await cancel(third.api, orderId);
      expected.set(orderId, { customer: third, status: 'cancelled', emails: ['cancelled'] });
    }),
    restock(staff, product),
  ]);
  shop.restocked += 1;
}

const subjects: Readonly<Record<string, RegExp>> = {
  confirmed: /^Your order (\w+) is confirmed$/,
  cancelled: /^Your order (\w+) is cancelled$/,
};

/** E-mails by order, each as often as it was sent. */
async function emailsByOrder(anyone: ApiClient): Promise<ReadonlyMap<string, readonly string[]>> {
  const { body } = await anyone.get<EmailsBody>('/local/emails');
  const sent = body.emails.flatMap(({ subject }) =>
    Object.entries(subjects).flatMap(([kind, pattern]) => {
      const orderId = pattern.exec(subject)?.[1];
      return orderId === undefined ? [] : [{ kind, orderId }];
    }),
  );
  return new Map(
    [...Map.groupBy(sent, ({ orderId }) => orderId)].map(([id, each]) => [id, each.map(({ kind }) => kind)]),
  );
}

async function expectNothingLost({ anyone, staff, customers, product, expected, restocked }: Shop): Promise<void> {
  const shown = (await pMap(customers, ({ id }) => listed(staff, id))).flat();
  const orderIds = [...expected.keys()];
  const statuses = Object.fromEntries(shown.map(({ orderId, status }) => [orderId, status]));
  expect(statuses).toEqual(Object.fromEntries([...expected].map(([orderId, { status }]) => [orderId, status])));
  expect(await rowsThatAreNoFolds(staff, orderIds)).toEqual([]);
  expect(await unbalancedStock(staff, [product.sku], { received: RECEIVED + restocked, orderIds })).toEqual([]);
  const emails = await emailsByOrder(anyone);
  expect(Object.fromEntries(orderIds.map((orderId) => [orderId, emails.get(orderId)]))).toEqual(
    Object.fromEntries([...expected].map(([orderId, each]) => [orderId, each.emails])),
  );
}

test('each function fails in each way in turn under load, and at rest nothing is lost and nothing happened twice', {
  timeout: 300_000,
}, async () => {
  await untilIdle(shop.anyone);
  for (const cell of cells) {
    await plan(shop.anyone, cell);
    await trade(shop);
  }
  const { queues } = await untilIdle(shop.anyone, IDLE_WITHIN_MILLIS);
  expect(await faultsHappened(host.dataDirectory)).toBe(cells.length * TIMES);
  await expectNothingLost(shop);
  expect(queues.filter(({ deadLetters }) => deadLetters > 0)).toEqual([]);
});

test('each function that gets batches loses some under load, and the audit repairs what they lost by itself', {
  timeout: getBatches.length * REPAIRED_WITHIN_MILLIS,
}, async ({ skip }) => {
  const { functions } = (await shop.anyone.get<StatusBody>('/local/status')).body;
  skip(!functions.some(({ name }) => name.includes('audit')), 'no function audits on this host');
  await untilIdle(shop.anyone);
  for (const name of getBatches) {
    await plan(shop.anyone, { function: name, mode: 'drop', times: TIMES });
    await trade(shop);
  }
  await expect
    .poll(() => expectNothingLost(shop).then(() => 'nothing lost'), {
      timeout: REPAIRED_WITHIN_MILLIS,
      interval: 1_000,
    })
    .toBe('nothing lost');
});
