// Runs of keys: as the log-structured merge of Bentley and Saxe, a new run takes in those before it that are no larger, so there
// are few, and a key is written again a logarithmic number of times.
import { decodeEntries, encodeEntries, type KeyEntry } from './key-entries.ts';
import { filterOf, MOST_KEYS_OF_A_FILTER } from './key-filter.ts';
import type { KeyIndex, KeyRun } from './key-index.ts';

/** So many of the newest keys ride in the index itself. */
export const MOST_RECENT_KEYS = 16;

/** A run of that many keys, of some 4 bytes each, is taken into no other: 256 KB. */
export const MOST_KEYS_OF_A_RUN = 65_536;

/** A run whose oldest key is older is taken into no other: else a quiet stream's keys would be kept for years. */
const MOST_MINUTES_OF_A_RUN = 12 * 60;

export const isRunDue = ({ recent }: KeyIndex): boolean => recent.length > MOST_RECENT_KEYS;

/** The runs that the next one takes in, oldest first. */
export function runsToMerge({ recent, runs }: KeyIndex, now: number): readonly KeyRun[] {
  let count = recent.length;
  let from = runs.length;
  for (const run of runs.toReversed()) {
    const isTooLarge = run.count > count || run.count + count > MOST_KEYS_OF_A_RUN;
    if (isTooLarge || now - run.oldest > MOST_MINUTES_OF_A_RUN) break;
    count += run.count;
    from -= 1;
  }
  return runs.slice(from);
}

export interface NewRun {
  readonly index: KeyIndex;
  readonly run: Uint8Array;
}

/**
 * The index with its newest keys, and those of the runs that are taken in, in a run of the commit at that version.
 * @param now the commit's minute
 * @returns `undefined` when the keys of a run to take in have not been read
 */
export function withNewRun(index: KeyIndex, version: number, now: number): NewRun | undefined {
  const merged = runsToMerge(index, now);
  if (merged.some(({ entries }) => !entries)) return undefined;
  const all: readonly KeyEntry[] = [...merged.flatMap(entriesOf), ...index.recent];
  const entries = encodeEntries(all);
  const oldest = Math.min(index.since, now, ...merged.map((run) => run.oldest));
  const run: KeyRun = { version, count: all.length, oldest, newest: now + 1, entries };
  const runs = [...index.runs.slice(0, index.runs.length - merged.length), run];
  return { run: entries, index: { recent: [], since: 0, runs, ...filterAfter(index, runs) } };
}

/** Rebuilt when all keys are at hand, which drops the forgotten ones. */
function filterAfter(before: KeyIndex, runs: readonly KeyRun[]): Pick<KeyIndex, 'filter'> {
  if (runs.reduce((sum, { count }) => sum + count, 0) > MOST_KEYS_OF_A_FILTER) return {};
  if (runs.every(({ entries }) => entries)) return { filter: filterOf(runs.flatMap(entriesOf).map(printOfEntry)) };
  return before.filter ? { filter: filterOf(before.recent.map(printOfEntry), before.filter) } : {};
}

const printOfEntry = ({ print }: KeyEntry): number => print;

const entriesOf = ({ entries }: KeyRun): KeyEntry[] => (entries ? [...decodeEntries(entries)] : []);
