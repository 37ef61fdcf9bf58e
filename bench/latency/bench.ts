// How long an order takes on the idle host, one at a time. On AWS most of it is waiting for polls: docs/adr/0040-polled-or-pushed.md.
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../../test/support/api-client.ts';
import type { StatusBody } from '../../test/support/contract-bodies.ts';
import { newDataDirectory, startEventspine } from '../../test/support/eventspine.ts';
import { stockProduct } from '../../test/support/shop.ts';
import type { Bench, BenchOptions, Progress, Row } from '../suite/definition.ts';
import { median, quantile } from '../suite/statistics.ts';
import { firstEnds, handledBatches } from './hops.ts';
import { type OneOrder, placeAndWatch } from './one-order.ts';

const WARM_UP = 10;
const REST_IN_MILLIS = 5_000;
/** By then the edge has had its second invalidations, which wait out the requests that were under way. */
const SETTLING_IN_MILLIS = 40_000;

export const bench: Bench = {
  name: 'latency',
  summary: 'one order at a time on the idle host: commit to visible, to confirmed, and when each hop is done',
  async run(options, progress) {
    const dataDirectory = await newDataDirectory();
    const host = await startEventspine(dataDirectory);
    try {
      const anyone = new ApiClient(host.url);
      const orders = await ordersOneByOne(anyone, options, progress);
      progress('at rest');
      await sleep(SETTLING_IN_MILLIS);
      const invocationsAtRest = await invocationsOf(anyone, () => sleep(REST_IN_MILLIS));
      const handled = await handledBatches(dataDirectory);
      const hops = orders.map(({ answeredAt }) => firstEnds(handled, answeredAt));
      const steps: Readonly<Record<string, readonly number[]>> = {
        'relay done': hops.map((ends) => ends.relay),
        'fan-out done': hops.map((ends) => ends['fan-out']),
        'row written': hops.map((ends) => ends['order-detail-projector']),
        visible: orders.map(({ visible }) => visible),
        'order fulfilment done': hops.map((ends) => ends['order-fulfilment']),
        confirmed: orders.map(({ confirmed }) => confirmed),
      };
      const rows = Object.entries(steps).map(([step, samples]) => rowOf(step, samples.filter(Number.isFinite)));
      return { rows: [...rows, { step: `invocations in ${REST_IN_MILLIS} ms at rest`, orders: invocationsAtRest }] };
    } finally {
      await host.stop();
      await rm(dataDirectory, { recursive: true });
    }
  },
};

const rowOf = (step: string, millis: readonly number[]): Row => ({
  ...{ step, orders: millis.length },
  'p10 ms': quantile(millis, 0.1),
  'p50 ms': median(millis),
  'p90 ms': quantile(millis, 0.9),
});

async function ordersOneByOne(
  anyone: ApiClient,
  { isQuick, rounds }: BenchOptions,
  progress: Progress,
): Promise<readonly OneOrder[]> {
  const [staff, customer] = await Promise.all([signIn(anyone, 'clerk', ['staff']), signIn(anyone, 'carol')]);
  const { sku } = await stockProduct(staff, 100_000);
  const count = isQuick ? 10 : 20 * rounds;
  const orders: OneOrder[] = [];
  for (let number = 0; number < WARM_UP + count; number += 1) {
    await rest(anyone);
    const order = await placeAndWatch(customer, sku);
    if (number >= WARM_UP) orders.push(order);
    if (number % 20 === 0) progress(`${number} orders`);
  }
  await rest(anyone);
  return orders;
}

async function signIn(anyone: ApiClient, sub: string, groups: readonly string[] = []): Promise<ApiClient> {
  const { body } = await anyone.post<{ access_token: string }>('/local/token', {
    ...{ sub, groups, email: `${sub}@example.com` },
  });
  return anyone.as(body.access_token);
}

async function rest(anyone: ApiClient): Promise<void> {
  while (!(await anyone.get<StatusBody>('/local/status')).body.idle) await sleep(50);
  // What the last order made the machine do is over, the collection of its garbage too.
  await sleep(200);
}

/** How many invocations there were meanwhile. */
async function invocationsOf(anyone: ApiClient, meanwhile: () => Promise<void>): Promise<number> {
  const count = async (): Promise<number> => {
    const { body } = await anyone.get<StatusBody>('/local/status');
    return body.functions.reduce((sum, { invocations }) => sum + invocations, 0);
  };
  const before = await count();
  await meanwhile();
  return (await count()) - before;
}
