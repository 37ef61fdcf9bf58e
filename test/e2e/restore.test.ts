// The restore drill: the event table is exported, a new host begins with it, and answers every query as the old one did, with nobody told
// anything again.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { readItems, writeItems } from '../../local/exports/data-files.ts';
import type { WireItem } from '../../local/services/dynamodb/wire.ts';
import { ApiClient } from '../support/api-client.ts';
import type { EmailsBody, EventsBody, OrderPage, StatusBody } from '../support/contract-bodies.ts';
import { expectEmails } from '../support/emails.ts';
import { type Eventspine, newDataDirectory, startEventspine } from '../support/eventspine.ts';
import { untilIdle } from '../support/idle.ts';
import { eventName, storyOf } from '../support/order-outcome.ts';
import { paidWith } from '../support/payments.ts';
import { expectProblem } from '../support/problems.ts';
import { type ListedProduct, line, place, placeOrder, stockProduct } from '../support/shop.ts';
import { type Customer, newCustomer, signInStaff } from '../support/sign-in.ts';
import { onLocalHost } from '../support/target.ts';

const { test } = onLocalHost;

interface Export {
  readonly folder: string;
  readonly items: number;
}

let old: Eventspine;
let restored: Eventspine;
/** Begins with the same events, of which some are damaged. */
let damaged: Eventspine;
let desk: ListedProduct;
let customer: Customer;
let orderIds: readonly string[];
let exported: Export;
/** By path, what the old host answered. */
let answers: ReadonlyMap<string, unknown>;

beforeAll(async () => {
  old = await startEventspine(await newDataDirectory());
  const anyone = new ApiClient(old.url);
  const staff = await signInStaff(anyone);
  desk = await stockProduct(staff, 10);
  customer = await newCustomer(anyone);
  const confirmed = await place(customer.api, paidWith('tok_ok', line(desk, 2)));
  const declined = await place(customer.api, paidWith('tok_declined', line(desk, 1)));
  const cancelled = await placeOrder(customer.api, desk);
  const shipped = await place(customer.api, paidWith('tok_ok', line(desk, 1)));
  await customer.api.post(`${cancelled.path}/cancel`, { reason: 'Grüße 🚀' });
  await untilIdle(anyone);
  await staff.post(`${shipped.path}/ship`, { carrier: 'DHL', trackingNumber: '1' });
  await untilIdle(anyone);
  orderIds = [confirmed, declined, cancelled, shipped].map(({ orderId }) => orderId);
  answers = await allAnswers(staff);
  exported = (await anyone.post<Export>('/local/export', {})).body;
  restored = await startEventspine(await newDataDirectory(), {}, ['--import', exported.folder]);
  const damagedExport = join(old.dataDirectory, 'damaged.json.gz');
  await writeItems(damagedExport, damagedItems(exported.folder));
  damaged = await startEventspine(await newDataDirectory(), {}, ['--import', damagedExport]);
});

afterAll(async () => {
  for (const host of [old, restored, damaged]) {
    await host.stop();
    await rm(host.dataDirectory, { recursive: true });
  }
});

const UNKNOWN = '01HZZZZZZZZZZZZZZZZZZZZZZZ';

/** Every state that rides is garbage, and one more order has an event that no code knows, as one of a later major version. */
async function* damagedItems(folder: string): AsyncGenerator<WireItem> {
  const garbage = { B: Buffer.from('garbage').toString('base64') };
  for await (const item of readItems(folder)) {
    yield {
      ...item,
      ...(item['state'] !== undefined && { state: garbage }),
      ...(item['keys'] !== undefined && { keys: garbage }),
    };
    if (JSON.stringify(item['stream']) !== JSON.stringify({ S: `order-${orderIds[0]}` })) continue;
    const events = { S: JSON.stringify([{ type: 'OrderTeleported', schemaVersion: '9.0.0', data: {} }]) };
    // What rides in it is of the other order.
    const { state: _, keys: __, ...bare } = item;
    yield { ...bare, stream: { S: `order-${UNKNOWN}` }, events };
  }
}

const queries = (): readonly string[] => [
  ...orderIds.flatMap((id) => ['', '/events', '/story', '?version=1'].map((query) => `/orders/${id}${query}`)),
  `/customers/${customer.id}/orders`,
  ...['confirmed', 'rejected', 'cancelled', 'shipped'].map(
    (status) => `/customers/${customer.id}/orders?status=${status}`,
  ),
  '/products',
  `/products/${desk.sku}`,
];

async function allAnswers(staff: ApiClient): Promise<ReadonlyMap<string, unknown>> {
  const asked = queries().map(async (path) => {
    const { status, body } = await staff.get(path);
    return [path, { status, body: JSON.parse(JSON.stringify(body).replaceAll(staff.url, '')) }] as const;
  });
  return new Map(await Promise.all(asked));
}

/** The streams of the shop's read models with the versions that they end at, as the stories tell. */
async function tokensFrom(staff: ApiClient): Promise<readonly string[]> {
  const ends = new Map([[`product-${desk.sku}`, 1]]);
  for (const orderId of orderIds) {
    for (const { subject, sequence } of await storyOf(staff, { path: `/orders/${orderId}` }))
      if (/^(order|stock)-/.test(subject)) ends.set(subject, Math.max(ends.get(subject) ?? 0, Number(sequence)));
  }
  return [...ends].map(([stream, version]) => `consistentWith=${encodeURIComponent(`${stream}@${version}`)}`);
}

/** Reads each row at its stream's end, which makes the read models catch up as they do for a reader of its own write. */
async function fillReadModels(staff: ApiClient): Promise<void> {
  for (const token of await tokensFrom(staff)) {
    const [stream = ''] = decodeURIComponent(token.replace('consistentWith=', '')).split('@');
    const paths = stream.startsWith('order-')
      ? [`/orders/${stream.slice('order-'.length)}`, `/customers/${customer.id}/orders`]
      : [`/products/${desk.sku}`, '/products'];
    for (const path of paths) expect((await staff.get(`${path}?${token}`)).status, path).toBe(200);
  }
}

test('a host that begins with the events of another has told nobody anything, and knows no row', async () => {
  const anyone = new ApiClient(restored.url);
  const staff = await signInStaff(anyone);
  const { body } = await anyone.get<StatusBody>('/local/status');
  expect(body.idle).toBe(true);
  expect(body.functions.filter(({ name, invocations }) => name !== 'query' && invocations > 0)).toEqual([]);
  expect((await anyone.get<EmailsBody>('/local/emails')).body.emails).toEqual([]);
  expect((await staff.get<OrderPage>(`/customers/${customer.id}/orders`)).body.orders).toEqual([]);
  expect((await staff.get<EventsBody>(`/orders/${orderIds[0]}/events`)).body.events.map(eventName)).toEqual([
    'OrderPlaced',
    'OrderConfirmed',
  ]);
});

test('with its read models filled it answers every query as the other did', async () => {
  const staff = await signInStaff(new ApiClient(restored.url));
  await fillReadModels(staff);
  expect(await allAnswers(staff)).toEqual(answers);
});

test('and life goes on where it was: stock is what is left, and an e-mail is sent for what is new alone', async () => {
  const anyone = new ApiClient(restored.url);
  const staff = await signInStaff(anyone);
  const [confirmedId] = orderIds;
  expect((await staff.post(`/orders/${confirmedId}/ship`, { carrier: 'DHL', trackingNumber: '2' })).status).toBe(200);
  const another = await newCustomer(anyone);
  const order = await place(another.api, paidWith('tok_ok', line(desk, 8)));
  await untilIdle(anyone);
  await expectEmails(anyone, customer, ['shipped']);
  // 10 came, 3 are taken: 8 are one too many.
  expect((await staff.get(order.path)).body).toMatchObject({ status: 'rejected', rejection: { code: 'out_of_stock' } });
  await expectEmails(anyone, another, ['rejected']);
});

test('garbage where snapshots ride changes no answer and no decision', async () => {
  const staff = await signInStaff(new ApiClient(damaged.url));
  await fillReadModels(staff);
  expect(await allAnswers(staff)).toEqual(answers);
  const [confirmedId, , cancelledId] = orderIds;
  const shipment = { carrier: 'DHL', trackingNumber: '3' };
  expect((await staff.post(`/orders/${confirmedId}/ship`, shipment)).status).toBe(200);
  expectProblem(await staff.post(`/orders/${cancelledId}/ship`, shipment), 409, 'order_not_shippable');
});

test('a stream that this code cannot read answers 503 by itself, and harms no other', async () => {
  const anyone = new ApiClient(damaged.url);
  const staff = await signInStaff(anyone);
  for (const path of ['/events', '/story', `?consistentWith=order-${UNKNOWN}@1`])
    expect((await staff.get(`/orders/${UNKNOWN}${path}`)).status, path).toBe(503);
  expect((await staff.post(`/orders/${UNKNOWN}/cancel`, { reason: 'Lost' })).status).toBe(503);
  const another = await newCustomer(anyone);
  const order = await place(another.api, paidWith('tok_ok', line(desk, 1)));
  const { queues } = await untilIdle(anyone);
  expect((await staff.get(order.path)).body).toMatchObject({ status: 'confirmed' });
  expect(queues.filter(({ deadLetters }) => deadLetters > 0)).toEqual([]);
});
