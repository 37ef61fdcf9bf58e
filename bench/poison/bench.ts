// What one order that nobody can read costs all the others: how far behind every subscriber is, with it and without it.
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StatusBody } from '../../test/support/contract-bodies.ts';
import { newDataDirectory, startEventspine } from '../../test/support/eventspine.ts';
import { buy, openShop, type Shop } from '../host/shoppers.ts';
import type { Bench, BenchResult } from '../suite/definition.ts';
import { interleaved } from '../suite/interleaved.ts';
import { median, quantile, spread } from '../suite/statistics.ts';
import { type DamagedOrder, damagedOrder } from './damaged-order.ts';
import { lagsIn } from './lags.ts';

const ORDERS = 1_000;
const QUICK_ORDERS = 100;
const CLIENTS = 16;
const SHIPPED_AFTER_MILLIS = 1_000;
const WITHOUT = 'without it';
const WITH = 'with it';

interface Round {
  readonly p99: ReadonlyMap<string, number>;
  readonly deadLetters: number;
}

export const bench: Bench = {
  name: 'poison',
  summary: 'one order that no subscriber can read among 1,000: the lag of the others, beside a run without it',
  async run({ rounds, isQuick }, progress) {
    const damaged = await damagedOrder();
    try {
      const systems = [
        { name: WITHOUT, isShipped: false },
        { name: WITH, isShipped: true },
      ];
      const taken = await interleaved(isQuick ? 1 : rounds, systems, async ({ name, isShipped }, round) => {
        progress(`round ${round + 1}: ${name}`);
        return measure(damaged, isShipped, isQuick ? QUICK_ORDERS : ORDERS);
      });
      return resultOf(taken.get(WITHOUT) ?? [], taken.get(WITH) ?? []);
    } finally {
      await rm(damaged.dataDirectory, { recursive: true });
    }
  },
};

/** The damaged order is shipped when some of the others are placed: from then on it is on its way to every subscriber. */
async function measure({ orderId, file }: DamagedOrder, isShipped: boolean, orders: number): Promise<Round> {
  const dataDirectory = await newDataDirectory();
  const host = await startEventspine(dataDirectory, {}, ['--import', file]);
  try {
    const shop = await openShop(host.url);
    const { anyone } = shop;
    const bought = buy(shop, CLIENTS, orders);
    await sleep(SHIPPED_AFTER_MILLIS);
    if (isShipped) await ship(anyone, orderId);
    await bought;
    const { queues } = (await anyone.get<StatusBody>('/local/status')).body;
    const lags = await lagsIn(dataDirectory);
    return {
      p99: new Map([...lags].map(([service, millis]) => [service, quantile(millis, 0.99)])),
      deadLetters: queues.reduce((sum, { deadLetters }) => sum + deadLetters, 0),
    };
  } finally {
    await host.stop();
    await rm(dataDirectory, { recursive: true });
  }
}

async function ship(anyone: Shop['anyone'], orderId: string): Promise<void> {
  const clerk = { sub: 'clerk', groups: ['staff'] };
  const { access_token: token } = (await anyone.post<{ access_token: string }>('/local/token', clerk)).body;
  const shipment = { carrier: 'DHL', trackingNumber: '1' };
  const { status, body } = await anyone.as(token).post(`/orders/${orderId}/ship`, shipment);
  if (status !== 200) throw new Error(`The damaged order was not shipped: ${JSON.stringify(body)}`);
}

function resultOf(without: readonly Round[], withIt: readonly Round[]): BenchResult {
  const services = [...(without[0]?.p99.keys() ?? [])].sort();
  const ofService = (service: string) => {
    const [before, after] = [without, withIt].map((rounds) => rounds.map(({ p99 }) => p99.get(service) ?? Number.NaN));
    const ratios = (after ?? []).map((lag, round) => lag / (before?.[round] ?? Number.NaN));
    return { service, before: before ?? [], after: after ?? [], ratios };
  };
  const deadLetters = withIt.map((round) => round.deadLetters);
  return {
    rows: services.map(ofService).map(({ service, before, after, ratios }) => ({
      ...{ service, [`${WITHOUT}, p99 ms`]: median(before), [`${WITH}, p99 ms`]: median(after) },
      ratio: median(ratios),
      deadLetters: median(deadLetters),
    })),
    tables: [
      {
        title: 'Lag of the others, p99',
        rows: services.map(ofService).map(({ service, before, after, ratios }) => ({
          service,
          ...{ [`${WITHOUT}, ms`]: spread(before), [`${WITH}, ms`]: spread(after), ratio: spread(ratios) },
        })),
      },
    ],
  };
}
