// A flash sale: far more orders than there is of the one product that all of them are about, while functions have no more than
// their template's time. Too long for `npm test`; `npm run test:storm` runs a small one, `npm run test:storm:full` that of the figures in the
// documents.
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import pMap from 'p-map';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Answer, ApiClient } from '../support/api-client.ts';
import type { EmailsBody, OrderBody, ProductBody, StatusBody } from '../support/contract-bodies.ts';
import { type Eventspine, newDataDirectory, startEventspine } from '../support/eventspine.ts';
import { plan } from '../support/faults.ts';
import { paidWith } from '../support/payments.ts';
import { type ListedProduct, line, stockProduct } from '../support/shop.ts';
import { type Customer, newCustomer, signInStaff } from '../support/sign-in.ts';

interface Sale {
  readonly orders: number;
  readonly stock: number;
}
const isFull = process.env['STORM'] === 'full';
const SALE: Sale = isFull ? { orders: 1_200, stock: 800 } : { orders: 300, stock: 200 };
const LAST_PIECES: Sale = isFull ? { orders: 2_000, stock: 500 } : { orders: 400, stock: 100 };
const CLIENTS = 64;
const OUTAGE_IN_SECONDS = isFull ? 60 : 20;
/** What a new account's SES takes in production. */
const EMAILS_PER_SECOND = 14;
const ENDED_WITHIN_MILLIS = 900_000;

let host: Eventspine;
let anyone: ApiClient;
let staff: ApiClient;
let sofa: ListedProduct;

beforeEach(async () => {
  host = await startEventspine(await newDataDirectory());
  anyone = new ApiClient(host.url);
  staff = await signInStaff(anyone);
});

afterEach(async () => {
  await host.stop();
  await rm(host.dataDirectory, { recursive: true });
});

test('every order ends', async () => {
  await expectSaleToEndWell(SALE);
});

test(`${LAST_PIECES.orders} orders for the last ${LAST_PIECES.stock} end right, with nobody told to come back`, async () => {
  await expectSaleToEndWell(LAST_PIECES);
});

test(`every order ends, with the provider down for the first ${OUTAGE_IN_SECONDS} s and a mailer that throttles`, async () => {
  await plan(anyone, { service: 'payments', mode: 'down', seconds: OUTAGE_IN_SECONDS });
  await plan(anyone, { service: 'email', mode: 'throttle', seconds: 3_600, perSecond: EMAILS_PER_SECOND });
  await expectSaleToEndWell(SALE);
});

async function expectSaleToEndWell({ orders, stock }: Sale): Promise<void> {
  sofa = await stockProduct(staff, stock);
  const startedAt = performance.now();
  const customers = await pMap(Array.from({ length: CLIENTS }), () => newCustomer(anyone), { concurrency: 8 });
  const answers = await placeAll(customers, orders);
  const placedAt = performance.now();
  expect(countBy(answers, ({ status }) => status)).toEqual({ 201: orders });
  const orderIds = answers.map(({ body }) => body.orderId);
  const statuses = await untilEnded(orderIds);
  const endedAt = performance.now();
  expect(countBy(statuses, (status) => status)).toEqual({ confirmed: stock, rejected: orders - stock });
  await untilMailed(orders);
  const seconds = (millis: number) => Math.round(millis / 1000);
  const figures = {
    placingSeconds: seconds(placedAt - startedAt),
    endingSeconds: seconds(endedAt - startedAt),
    mailingSeconds: seconds(performance.now() - startedAt),
  };
  process.stdout.write(`flash sale: ${JSON.stringify(figures)}\n`);

  const emails = await allEmails();
  expect(countBy(emails, ({ subject }) => subject)).toEqual(onceEach(orderIds, statuses));
  const { queues } = (await anyone.get<StatusBody>('/local/status')).body;
  expect(queues.filter(({ deadLetters }) => deadLetters > 0)).toEqual([]);
  expect((await anyone.get<ProductBody>(`/products/${sofa.sku}`)).body.available).toBe(0);
}

/** All of them at once: a client places its next order as soon as it knows of the one before. */
const placeAll = (customers: readonly Customer[], orders: number): Promise<Answer<{ orderId: string }>[]> =>
  pMap(
    Array.from({ length: orders }, (_, index) => customers[index % CLIENTS] as Customer),
    ({ api }) => api.post<{ orderId: string }>('/orders', paidWith('tok_ok', line(sofa, 1))),
    { concurrency: CLIENTS },
  );

/** How each order ended, in the order of the ids. Reads must not fail either. */
async function untilEnded(orderIds: readonly string[]): Promise<OrderBody['status'][]> {
  const ended = new Map<string, OrderBody['status']>();
  const deadline = performance.now() + ENDED_WITHIN_MILLIS;
  while (ended.size < orderIds.length) {
    if (performance.now() > deadline) throw new Error(`${orderIds.length - ended.size} orders have not ended in time`);
    const open = orderIds.filter((id) => !ended.has(id));
    const answers = await pMap(open, (id) => staff.get<OrderBody>(`/orders/${id}`), { concurrency: 4 });
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    for (const { status, body } of answers) {
      if (status === 200 && body.status !== 'placed') ended.set(body.orderId, body.status);
    }
    await delay(2_000);
  }
  return orderIds.map((id) => ended.get(id) as OrderBody['status']);
}

const allEmails = async (): Promise<EmailsBody['emails']> =>
  (await anyone.get<EmailsBody>('/local/emails')).body.emails;

/** Until one e-mail an order has come, and no further one in the ten seconds after. */
async function untilMailed(orders: number): Promise<void> {
  await expect
    .poll(async () => (await allEmails()).length, { timeout: ENDED_WITHIN_MILLIS, interval: 2_000 })
    .toBeGreaterThanOrEqual(orders);
  await delay(10_000);
}

const onceEach = (orderIds: readonly string[], statuses: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    orderIds.map((id, index) => [
      statuses[index] === 'confirmed' ? `Your order ${id} is confirmed` : `We could not accept your order ${id}`,
      1,
    ]),
  );

const countBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string | number): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(items, keyOf)].map(([key, group]) => [key, group.length]));
