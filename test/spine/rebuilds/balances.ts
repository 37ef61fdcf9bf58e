// A read model as small as can be, and streams of it, for the tests of sweeps.
import * as z from 'zod';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import { eventCodec } from '../../../lambdas/spine/kernel/event-codec.ts';
import { foldCommit, type Projection, type Row } from '../../../lambdas/spine/kernel/projections/projection.ts';

export interface Balance {
  readonly cents: number;
  readonly deposits: number;
}

export const byLevel = { name: 'by-level', partitionKey: 'level', sortKey: 'place' } as const;

export const balancesOf = (generation: number, indexes: Projection<Balance>['indexes'] = []): Projection<Balance> => ({
  name: 'balances',
  generation,
  indexes,
  folds: {
    account: {
      codec: eventCodec({ Deposited: { schemaVersion: '1.0.0', data: z.strictObject({ cents: z.int() }) } }),
      evolve: (balance, { data }) => ({
        cents: (balance?.cents ?? 0) + generation * (data as { cents: number }).cents,
        deposits: (balance?.deposits ?? 0) + 1,
      }),
    },
  },
  viewKey: (stream) => stream,
  indexKeys: ({ cents }): Record<string, string> =>
    indexes.length === 0 ? {} : { level: cents > 100 ? 'high' : 'low', place: String(cents).padStart(9, '0') },
  cacheTags: ({ stream }) => [stream],
});

export const deposits = (stream: string, version: number, ...cents: readonly number[]): Commit => ({
  ...{ stream, version, id: `${stream}-${version}`, time: '2026-01-01T00:00:00.000Z' },
  ...{ correlationId: 'correlation', causationId: 'cause' },
  events: cents.map((each) => ({ type: 'Deposited', schemaVersion: '1.0.0', data: { cents: each } })),
});

/** Commits of one to three events each. */
export function account(name: string, commits: number): Commit[] {
  const made: Commit[] = [];
  let version = 1;
  for (let at = 0; at < commits; at += 1) {
    const cents = Array.from({ length: 1 + (at % 3) }, (_, event) => 1 + ((at + event) % 7));
    made.push(deposits(`account-${name}`, version, ...cents));
    version += cents.length;
  }
  return made;
}

export const foldOfAll = (projection: Projection<Balance>, commits: readonly Commit[]): Row<Balance> | undefined =>
  commits.reduce<Row<Balance> | undefined>((row, commit) => foldCommit(projection, row, commit), undefined);
