// What goes wrong between a command and its consequences: duplicates, disorder, loss, errors and crashes.
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { expectEmails } from '../support/emails.ts';
import { type Eventspine, newDataDirectory, startEventspine } from '../support/eventspine.ts';
import { type Fault, faultsHappened, plan } from '../support/faults.ts';
import { untilIdle } from '../support/idle.ts';
import { expectMixedOrdersToEndWell } from '../support/mixed-orders.ts';
import { outcomeOf } from '../support/order-outcome.ts';
import { paidWith } from '../support/payments.ts';
import { expectProblem } from '../support/problems.ts';
import { consistentWith, line, place, placeOrder, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';
import { expectStock } from '../support/stock.ts';
import { onLocalHost } from '../support/target.ts';

const { describe, test } = onLocalHost;

const projectors = ['order-detail-projector', 'customer-orders-projector', 'catalogue-projector'];
const subscribers = [...projectors, 'order-fulfilment', 'notifications'];
const streamReaders = ['relay', 'fan-out'];
const everyHop = [...streamReaders, ...subscribers];
/** A message whose function failed comes back after 10 s, and up to four times. */
const IDLE_WITHIN_MILLIS = 100_000;

let host: Eventspine;
let anyone: ApiClient;
let staff: ApiClient;

beforeAll(async () => {
  host = await startEventspine(await newDataDirectory());
  anyone = new ApiClient(host.url);
  staff = await signInStaff(anyone);
});

afterAll(async () => {
  await host.stop();
  await rm(host.dataDirectory, { recursive: true });
});

const planAll = async (faults: readonly Fault[]): Promise<void> => {
  for (const fault of faults) await plan(anyone, fault);
};

const onAll = (functions: readonly string[], mode: Fault['mode'], times: number): Fault[] =>
  functions.map((name) => ({ function: name, mode, times }));

test('errors before a function’s work and deaths after it delay orders and do no harm', async () => {
  const faults = (['throw', 'crash', 'throw'] as const).flatMap((mode) => onAll(everyHop, mode, 1));
  await expectMixedOrdersToEndWell(anyone, IDLE_WITHIN_MILLIS, () => planAll(faults));
  const { queues } = await untilIdle(anyone);
  expect(queues.filter(({ deadLetters }) => deadLetters > 0)).toEqual([]);
  await expect.poll(() => faultsHappened(host.dataDirectory)).toEqual(faults.length);
});

describe('what a lost message would have told', () => {
  test('a read model learns with the next event of the stream', async () => {
    const { api } = await newCustomer(anyone);
    const desk = await stockProduct(staff);
    await untilIdle(anyone);
    await plan(anyone, { function: 'order-detail-projector', mode: 'drop', times: 1 });
    const order = await placeOrder(api, desk);
    await untilIdle(anyone);
    expectProblem(await api.get(order.path), 404, 'not_found');

    await api.post(`${order.path}/cancel`, { reason: 'Enough' });
    await untilIdle(anyone);
    expect(await outcomeOf(api, order)).toEqual({ status: 'cancelled', cancellation: { reason: 'Enough' } });
  });

  test('a read model learns from a query that asks for it', async () => {
    const { api } = await newCustomer(anyone);
    const desk = await stockProduct(staff);
    await untilIdle(anyone);
    await plan(anyone, { function: 'order-detail-projector', mode: 'drop', times: 1 });
    const order = await placeOrder(api, desk);
    await untilIdle(anyone);
    expectProblem(await api.get(order.path), 404, 'not_found');

    expect(await api.get(`${order.path}?${order.consistentWith}`)).toMatchObject({ status: 200 });
    expect(await outcomeOf(api, order)).toEqual({ status: 'placed' });
  });

  test('the fulfilment learns with the next event of the order', async () => {
    const customer = await newCustomer(anyone);
    const desk = await stockProduct(staff, 10);
    await untilIdle(anyone);
    await plan(anyone, { function: 'order-fulfilment', mode: 'drop', times: 1 });
    const order = await place(customer.api, paidWith('tok_ok', line(desk, 2)));
    await untilIdle(anyone);
    expect(await outcomeOf(customer.api, order)).toEqual({ status: 'placed' });

    const cancelled = await customer.api.post(`${order.path}/cancel`, { reason: 'Nothing happens' });
    expect(await customer.api.get(`${order.path}?${consistentWith(cancelled)}`)).toMatchObject({ status: 200 });
    await untilIdle(anyone);
    expect(await outcomeOf(customer.api, order)).toMatchObject({ status: 'cancelled' });
    await expectEmails(anyone, customer, ['cancelled']);
    await expectStock(staff, [order], { [desk.sku]: { received: 10 } });
  });
});

describe('a fault is refused', () => {
  test.each([
    ['of an unknown function', { function: 'teapot', mode: 'throw', times: 1 }, '/body/function'],
    ['of an unknown mode', { function: 'relay', mode: 'melt', times: 1 }, '/body/mode'],
    ['that happens less than never', { function: 'relay', mode: 'throw', times: -1 }, '/body/times'],
    ['that loses a batch where there is none', { function: 'query', mode: 'drop', times: 1 }, '/body/mode'],
    ['of an unknown service', { service: 'bank', mode: 'down', seconds: 1 }, '/body/service'],
    ['of an unknown queue', { service: 'queue', name: 'bank', mode: 'down', seconds: 1 }, '/body/name'],
    ['with an unknown property', { function: 'relay', mode: 'throw', times: 1, after: 1 }, '/body/after'],
  ])('%s', async (_, fault, pointer) => {
    const problem = expectProblem(await anyone.post('/local/faults', fault), 400, 'validation_failed');
    expect(problem.errors?.map((error) => error.pointer)).toEqual([pointer]);
  });
});

// The last test of this host: its faults go on.
test('whatever comes several times and in any order, at every hop, orders end the same and e-mails go out once', async () => {
  const faults = [
    ...onAll(streamReaders, 'shuffle', 4),
    ...onAll(streamReaders, 'duplicate', 1000),
    ...Array.from({ length: 12 }, () => [
      ...onAll(subscribers, 'duplicate', 1),
      ...onAll(subscribers, 'shuffle', 1),
    ]).flat(),
  ];
  await Promise.all([
    expectMixedOrdersToEndWell(anyone, IDLE_WITHIN_MILLIS, () => planAll(faults)),
    expectMixedOrdersToEndWell(anyone, IDLE_WITHIN_MILLIS),
  ]);
});
