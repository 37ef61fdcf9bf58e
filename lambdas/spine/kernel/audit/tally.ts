// What an audit has found and done, in numbers, and what an operator has to know of single streams.
import type { Defect } from './progress.ts';

const counts = {
  /** Streams that were compared, each once a look. */
  streams: 0,
  /** Streams that a subscriber had not got to, each once for each subscriber. */
  behind: 0,
  /** Of these, and of processes and notifications that stood still, those whose subscriber was told again. */
  repaired: 0,
  /** Streams that a subscriber cannot read. */
  unreadable: 0,
  /** Rows of another generation, which were told again too: nothing was lost. */
  outdated: 0,
  /** Rows that are further than the event table. */
  ahead: 0,
  /** Streams that a subscriber has given up: they are dead letters, which an operator redrives. */
  parked: 0,
  /** Streams that a subscriber was told of again and again, in vain. */
  stuck: 0,
};

export type Counts = Readonly<Record<keyof typeof counts, number>>;

export const noCounts: Counts = counts;

export const countNames = Object.keys(counts) as readonly (keyof Counts)[];

export interface Reported extends Defect {
  readonly subscriber?: string;
}

export interface Tally {
  readonly counts: Counts;
  readonly reported: readonly Reported[];
}

export const noTally: Tally = { counts: noCounts, reported: [] };

export const tallyOf = (some: Partial<Counts>, reported: readonly Reported[] = []): Tally => ({
  counts: { ...noCounts, ...some },
  reported,
});

export const sumOf = (tallies: readonly Tally[]): Tally => ({
  counts: Object.fromEntries(
    countNames.map((name) => [name, tallies.reduce((sum, tally) => sum + tally.counts[name], 0)]),
  ) as Counts,
  reported: tallies.flatMap(({ reported }) => reported),
});

export const isNothing = ({ counts: each }: Tally): boolean => countNames.every((name) => each[name] === 0);
