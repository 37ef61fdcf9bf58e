// What the local host takes and gives, beside the reference commit's: start, orders per second, memory.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, BenchOptions, Progress, Row } from '../suite/definition.ts';
import { interleaved } from '../suite/interleaved.ts';
import { checkOutReference } from '../suite/reference.ts';
import { median, spread } from '../suite/statistics.ts';
import { profileHost } from './profiling/profile-host.ts';
import { processorSeconds, residentMegabytes } from './resident-memory.ts';
import { runHost } from './running-host.ts';
import { buy, openShop } from './shoppers.ts';

/** By then a host that gives memory back has done so. */
const restMillis = 40_000;

interface Figures {
  readonly readyMillis: number;
  readonly startMegabytes: number;
  readonly ordersPerSecond: readonly number[];
  readonly cpuMillisAnOrder: number;
  readonly loadedMegabytes: number;
  readonly restingMegabytes: number;
}

export const bench: Bench = {
  name: 'host',
  summary:
    'starts the local host, ends orders of 1, 16 and 64 clients, and looks at its memory; beside the reference commit',
  async run(options, progress) {
    if (options.isProfiled) return profileHost(options, progress);
    const reference = await checkOutReference(progress);
    const systems = [
      { name: 'ours', folder: process.cwd() },
      { name: reference.commit, folder: reference.folder },
    ];
    const figures = await interleaved(options.isQuick ? 1 : options.rounds, systems, ({ name, folder }) =>
      measure(name, folder, options, progress),
    );
    return {
      rows: [...figures].map(([system, rounds]) => rowOf(system, rounds, (samples) => median(samples))),
      tables: [
        {
          title: 'Orders over 50 products',
          rows: [...figures].map(([system, rounds]) => rowOf(system, rounds, (samples) => spread(samples))),
        },
      ],
    };
  },
};

/** Clients at once, and how many orders they place: 10,000 in all, and what went before to warm up. */
const loads = ({ isQuick }: BenchOptions): readonly (readonly [clients: number, orders: number])[] =>
  isQuick
    ? [
        [1, 20],
        [16, 100],
        [64, 200],
      ]
    : [
        [1, 500],
        [16, 4_500],
        [64, 5_000],
      ];

async function measure(name: string, folder: string, options: BenchOptions, progress: Progress): Promise<Figures> {
  const host = await runHost(folder);
  try {
    await sleep(restMillis / 4);
    const startMegabytes = residentMegabytes(host.pid);
    const shop = await openShop(host.url);
    await buy(shop, 16, options.isQuick ? 20 : 300);
    const before = processorSeconds(host.pid);
    const ordersPerSecond: number[] = [];
    let ended = 0;
    for (const [clients, orders] of loads(options)) {
      progress(`${name}: ${orders} orders of ${clients} clients`);
      ordersPerSecond.push(await buy(shop, clients, orders));
      ended += orders;
    }
    const cpuMillisAnOrder = ((processorSeconds(host.pid) - before) * 1000) / ended;
    const loadedMegabytes = residentMegabytes(host.pid);
    await sleep(restMillis);
    const restingMegabytes = residentMegabytes(host.pid);
    return {
      readyMillis: host.readyMillis,
      startMegabytes,
      ordersPerSecond,
      cpuMillisAnOrder,
      loadedMegabytes,
      restingMegabytes,
    };
  } finally {
    await host.stop();
  }
}

const rowOf = (
  system: string,
  rounds: readonly Figures[],
  figure: (samples: readonly number[]) => number | string,
): Row => {
  const over = (pick: (figures: Figures) => number): number | string => figure(rounds.map(pick));
  return {
    system,
    readyMillis: over(({ readyMillis }) => readyMillis),
    startMegabytes: over(({ startMegabytes }) => startMegabytes),
    ordersPerSecond1: over(({ ordersPerSecond }) => ordersPerSecond[0] ?? 0),
    ordersPerSecond16: over(({ ordersPerSecond }) => ordersPerSecond[1] ?? 0),
    ordersPerSecond64: over(({ ordersPerSecond }) => ordersPerSecond[2] ?? 0),
    cpuMillisAnOrder: over(({ cpuMillisAnOrder }) => cpuMillisAnOrder),
    loadedMegabytes: over(({ loadedMegabytes }) => loadedMegabytes),
    restingMegabytes: over(({ restingMegabytes }) => restingMegabytes),
  };
};
