// The host under the load of 16 clients: whose processor time is an order?
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchOptions, BenchResult, Progress, Row } from '../../suite/definition.ts';
import { processIds, processorSeconds } from '../resident-memory.ts';
import { runHost } from '../running-host.ts';
import { buy, openShop } from '../shoppers.ts';
import { millisByOwner } from './shares.ts';
import { PROFILE_FOLDER, type ThreadProfile } from './thread-profile.ts';

const CLIENTS = 16;
const FEWEST_MILLIS_SHOWN = 0.2;
/** A thread writes its profile within that. */
const WRITTEN_WITHIN_MILLIS = 10_000;

export async function profileHost({ isQuick }: BenchOptions, progress: Progress): Promise<BenchResult> {
  const orders = isQuick ? 100 : 300;
  const folder = await mkdtemp(join(tmpdir(), 'eventspine-profile-'));
  const host = await runHost(process.cwd(), {
    nodeOptions: ['--import', new URL('./preload.ts', import.meta.url).href],
    variables: { [PROFILE_FOLDER]: folder },
  });
  const signal = () => {
    for (const pid of processIds(host.pid)) process.kill(pid, 'SIGUSR2');
  };
  try {
    const shop = await openShop(host.url);
    progress('warming up');
    await buy(shop, CLIENTS, isQuick ? 20 : 60);
    signal();
    await sleep(1_000);
    const before = processorSeconds(host.pid);
    progress(`${orders} orders of ${CLIENTS} clients`);
    const ordersPerSecond = await buy(shop, CLIENTS, orders);
    const cpuMillis = (processorSeconds(host.pid) - before) * 1000;
    signal();
    await sleep(WRITTEN_WITHIN_MILLIS);
    const shares = await sharesIn(folder);
    return resultOf(shares, cpuMillis, orders, ordersPerSecond);
  } finally {
    await host.stop();
    await rm(folder, { recursive: true });
  }
}

interface Share {
  readonly where: string;
  readonly owner: string;
  readonly millis: number;
}

/** What each thread is for: an emulator, the functions together, or the host itself. */
const WHERE: Readonly<Record<string, string>> = {
  'main.ts': 'host',
  dynamodb: 'dynalite',
  sqs: 'fauxqs',
  ses: 'aws-ses-v2-local',
  'main.js': 'kinesis-local',
};

async function sharesIn(folder: string): Promise<readonly Share[]> {
  const shares: Share[] = [];
  for (const file of await readdir(folder)) {
    const { thread, cpuMillis, profile } = JSON.parse(await readFile(join(folder, file), 'utf8')) as ThreadProfile;
    const where = WHERE[thread] ?? (thread.includes('kinesis') ? 'kinesis-local' : 'functions');
    const sampled = [...millisByOwner(profile)];
    const sum = sampled.reduce((total, [, millis]) => total + millis, 0);
    for (const [owner, millis] of sampled) shares.push({ where, owner, millis: (millis / sum) * cpuMillis });
  }
  return shares;
}

function resultOf(shares: readonly Share[], cpuMillis: number, orders: number, ordersPerSecond: number): BenchResult {
  const anOrder = (millis: number): number => Number((millis / orders).toFixed(2));
  const sumBy = (key: (share: Share) => string): [string, number][] => {
    const sums = new Map<string, number>();
    for (const share of shares) sums.set(key(share), (sums.get(key(share)) ?? 0) + share.millis);
    return [...sums].sort(([, left], [, right]) => right - left);
  };
  const inThreads = sumBy(({ where }) => where);
  const sampled = inThreads.reduce((sum, [, millis]) => sum + millis, 0);
  const rows: Row[] = sumBy(({ where, owner }) => `${where}\t${owner}`)
    .map(([key, millis]) => ({ in: key.split('\t')[0], of: key.split('\t')[1], 'ms an order': anOrder(millis) }))
    .filter((row) => row['ms an order'] >= FEWEST_MILLIS_SHOWN);
  const threads: Row[] = [
    ...inThreads.map(([where, millis]) => ({ in: where, 'ms an order': anOrder(millis) })),
    {
      in: 'threads of V8 and Node (compiling, collecting), and what began or ended meanwhile',
      'ms an order': anOrder(cpuMillis - sampled),
    },
    { in: 'all, as the kernel counts it', 'ms an order': anOrder(cpuMillis) },
  ];
  const under = `${CLIENTS} clients, ${ordersPerSecond.toFixed(1)} orders a second with the profiler`;
  return {
    rows,
    tables: [
      { title: `Processor time of an order, by thread (${under})`, rows: threads },
      { title: 'by whose code it is', rows },
    ],
  };
}
