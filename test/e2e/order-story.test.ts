// The story of an order: everything that followed from it, in every stream, each event after its cause.
import { ulid } from 'ulid';
import { beforeAll, expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { CloudEventBody, OrderChanged } from '../support/contract-bodies.ts';
import { untilIdle } from '../support/idle.ts';
import { category, eventName, storyOf } from '../support/order-outcome.ts';
import { answerPayment, paidWith } from '../support/payments.ts';
import { expectProblem } from '../support/problems.ts';
import { line, type PlacedOrder, placedOrder, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);
const customer = await newCustomer(anyone);
const placing = `placing-${ulid()}`;
const shipping = `shipping-${ulid()}`;
let order: PlacedOrder;
let story: readonly CloudEventBody[];

beforeAll(async () => {
  const [desk, lamp] = [await stockProduct(staff), await stockProduct(staff)];
  const body = paidWith('tok_ok', line(desk, 1), line(lamp, 2));
  order = placedOrder(await customer.api.post<OrderChanged>('/orders', body, { 'x-correlation-id': placing }));
  await untilIdle(anyone);
  const shipment = { carrier: 'DHL', trackingNumber: '1' };
  await staff.post(`${order.path}/ship`, shipment, { 'x-correlation-id': shipping });
  await untilIdle(anyone);
  story = await storyOf(customer.api, order);
});

test('it is for the owner and for staff; for another customer there is none', async () => {
  const path = `${order.path}/story`;
  expect(await storyOf(staff, order)).toEqual(story);
  expectProblem(await (await newCustomer(anyone)).api.get(path), 404, 'not_found');
  expectProblem(await anyone.get(path), 401, 'unauthenticated');
  expectProblem(await staff.get('/orders/01ARZ3NDEKTSV4RRFFQ69G5FAV/story'), 404, 'not_found');
});

test('it tells of every stream that the order had to do with, from the request to the e-mail', () => {
  expect(new Set(story.map(category))).toEqual(new Set(['order', 'fulfilment', 'stock', 'payment', 'notification']));
  expect(eventName(story[0] as CloudEventBody)).toBe('OrderPlaced');
  const names = story.map(eventName);
  for (const [name, times] of [
    ['StockReserved', 2],
    ['PaymentCaptured', 1],
    ['OrderConfirmed', 1],
    ['StockShipped', 2],
    ['EmailSent', 2],
  ] as const) {
    expect({ name, times: names.filter((each) => each === name).length }).toEqual({ name, times });
  }
});

test('each event stands once, after its cause: an event before it, or a request', () => {
  const told = new Set<string>();
  const fromRequests: string[] = [];
  for (const event of story) {
    expect(told).not.toContain(event.id);
    if (told.has(event.causationid)) expect(event.causationid).toMatch(/^\w+-.+@\d+$/);
    else fromRequests.push(eventName(event));
    told.add(event.id);
  }
  expect(fromRequests).toEqual(['OrderPlaced', 'OrderShipped']);
});

test('the events of each stream stand in their order', () => {
  for (const [subject, events] of Map.groupBy(story, (event) => event.subject)) {
    const versions = events.map(({ sequence }) => Number(sequence));
    expect({ subject, versions }).toEqual({ subject, versions: versions.toSorted((one, other) => one - other) });
  }
});

test('everything that follows from a request carries its correlation id', () => {
  const shippedAt = story.findIndex((event) => eventName(event) === 'OrderShipped');
  expect(new Set(story.slice(0, shippedAt).map(({ correlationid }) => correlationid))).toEqual(new Set([placing]));
  expect(new Set(story.slice(shippedAt).map(({ correlationid }) => correlationid))).toEqual(new Set([shipping]));
});

test('what identifies a person is not in it', () => {
  expect(JSON.stringify(story)).not.toContain(customer.email);
});

test('what follows from the payment provider’s answer has the answer as its cause', async () => {
  const desk = await stockProduct(staff);
  const silent = placedOrder(await customer.api.post<OrderChanged>('/orders', paidWith('tok_silent', line(desk, 1))));
  await untilIdle(anyone);
  await answerPayment(anyone, silent, 'captured');
  await untilIdle(anyone);

  const events = await storyOf(customer.api, silent);
  const answer = events.find((event) => eventName(event) === 'PaymentCaptured');
  const taken = events.find((event) => eventName(event) === 'PaymentTaken');
  const sent = events.find((event) => eventName(event) === 'EmailSent');
  expect(answer?.correlationid).not.toBe(events[0]?.correlationid);
  expect(taken).toMatchObject({ causationid: answer?.id, correlationid: answer?.correlationid });
  expect(sent?.correlationid).toBe(answer?.correlationid);
});
