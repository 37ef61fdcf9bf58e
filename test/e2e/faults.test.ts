// What goes wrong between a command and its consequences: duplicates, disorder, loss, errors and crashes.
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { emailKinds } from '../support/emails.ts';
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

const projectors = ['order-detail-projector', 'customer-orders-projector', 'catalogue-projector'];
const pipeline = ['relay', 'fan-out', ...projectors, 'order-fulfilment', 'notifications'];
/** A message whose function failed comes back after 10 s, and up to four times. */
const IDLE_WITHIN_MILLIS = 100_000;
const MOST_WAVES = 5;

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

/** Has mixed orders flow, wave after wave, until all that was planned has happened. */
async function expectNoHarmFrom(faults: readonly Fault[]): Promise<void> {
  const before = await faultsHappened(host.dataDirectory);
  const planned = faults.reduce((sum, { times }) => sum + times, 0);
  for (const fault of faults) await plan(anyone, fault);
  for (let wave = 0; wave < MOST_WAVES; wave += 1) {
    await expectMixedOrdersToEndWell(anyone, IDLE_WITHIN_MILLIS);
    if ((await faultsHappened(host.dataDirectory)) - before === planned) return;
  }
  expect((await faultsHappened(host.dataDirectory)) - before).toBe(planned);
}

const onAll = (mode: Fault['mode'], times: number): Fault[] =>
  pipeline.map((name) => ({ function: name, mode, times }));

test('whatever is delivered twice or in another order, at every hop, orders end the same and e-mails go out once', async () => {
  await expectNoHarmFrom([...onAll('duplicate', 4), ...onAll('shuffle', 4)]);
});

test('errors before a function’s work and deaths after it delay orders and do no harm', async () => {
  await expectNoHarmFrom([...onAll('throw', 1), ...onAll('crash', 1), ...onAll('throw', 1)]);
  const { queues } = await untilIdle(anyone);
  expect(queues.filter(({ deadLetters }) => deadLetters > 0)).toEqual([]);
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
    expect(await emailKinds(anyone, customer)).toEqual(['cancelled']);
    await expectStock(staff, [order], { [desk.sku]: { received: 10 } });
  });
});

describe('a fault is refused', () => {
  test.each([
    ['of an unknown function', { function: 'teapot', mode: 'throw', times: 1 }, '/body/function'],
    ['of an unknown mode', { function: 'relay', mode: 'melt', times: 1 }, '/body/mode'],
    ['that happens never', { function: 'relay', mode: 'throw', times: 0 }, '/body/times'],
    ['that loses a batch where there is none', { function: 'query', mode: 'drop', times: 1 }, '/body/mode'],
    ['with an unknown property', { function: 'relay', mode: 'throw', times: 1, after: 1 }, '/body/after'],
  ])('%s', async (_, fault, pointer) => {
    const problem = expectProblem(await anyone.post('/local/faults', fault), 400, 'validation_failed');
    expect(problem.errors?.map((error) => error.pointer)).toEqual([pointer]);
  });
});

// The last test of this host: its faults go on.
test('every event delivered four times, in any order, makes orders end as if it came once', async () => {
  const [relay = '', fanOut = '', ...subscribers] = pipeline;
  for (const name of [relay, fanOut]) await plan(anyone, { function: name, mode: 'duplicate', times: 1000 });
  for (const name of subscribers) await plan(anyone, { function: name, mode: 'shuffle', times: 1000 });
  const before = await faultsHappened(host.dataDirectory);
  await Promise.all(Array.from({ length: 2 }, () => expectMixedOrdersToEndWell(anyone, IDLE_WITHIN_MILLIS)));
  expect(await faultsHappened(host.dataDirectory)).toBeGreaterThan(before);
});
