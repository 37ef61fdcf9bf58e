// Which runs a new one takes in, and that no key is lost from the index on the way.
import { describe, expect, it } from 'vitest';
import { decodeEntries, encodeEntries, type KeyEntry } from '../../../lambdas/spine/kernel/keys/key-entries.ts';
import { filterOf, mayHold } from '../../../lambdas/spine/kernel/keys/key-filter.ts';
import type { KeyIndex, KeyRun } from '../../../lambdas/spine/kernel/keys/key-index.ts';
import { isRunDue, MOST_KEYS_OF_A_RUN, runsToMerge, withNewRun } from '../../../lambdas/spine/kernel/keys/key-runs.ts';

const now = 30_000_000;
const keysFrom = (from: number, count: number): KeyEntry[] =>
  Array.from({ length: count }, (_, index) => ({ version: from + index, print: (from + index) * 0x101 }));
const recent = keysFrom(1_000, 17);
const printsOf = (entries: readonly KeyEntry[]) => entries.map(({ print }) => print);

const runOf = (keys: readonly KeyEntry[], oldest = now - 60): KeyRun => {
  const [version, newest] = [(keys.at(-1)?.version ?? 0) + 1, oldest + 10];
  return { version, count: keys.length, oldest, newest, entries: encodeEntries(keys) };
};
const unread = ({ entries: _, ...run }: KeyRun): KeyRun => run;
const sized = (count: number, oldest = now): KeyRun => ({ version: 1, count, oldest, newest: now });
const indexOf = (runs: readonly KeyRun[], more: Partial<KeyIndex> = {}): KeyIndex => ({
  ...{ recent, since: now - 5, runs },
  ...more,
});

it('is due with the seventeenth key', () => {
  expect([16, 17].map((count) => isRunDue(indexOf([], { recent: keysFrom(1, count) })))).toEqual([false, true]);
});

it.each<[string, readonly KeyRun[], number]>([
  ['no larger than what it holds so far', [sized(35), sized(17)], 1],
  ['as large as all after it', [sized(34), sized(17)], 2],
  ['and no older one past a larger one', [sized(1), sized(35), sized(17)], 1],
  ['of twelve hours', [sized(17, now - 720)], 1],
  ['and none of more than twelve hours', [sized(17, now - 721)], 0],
])('takes in runs %s', (_, runs, count) => {
  expect(runsToMerge(indexOf(runs), now)).toEqual(runs.slice(runs.length - count));
});

it('makes no run of more keys than a run may have', () => {
  const many: KeyIndex['recent'] = new Array(40_000);
  const taken = (count: number) => runsToMerge(indexOf([sized(count)], { recent: many }), now).length;
  expect(taken(MOST_KEYS_OF_A_RUN - 40_000)).toBe(1);
  expect(taken(MOST_KEYS_OF_A_RUN - 40_000 + 1)).toBe(0);
});

describe('a new run', () => {
  const large = runOf(keysFrom(100, 40), now - 300);
  const small = runOf(keysFrom(200, 17), now - 200);

  it('has the keys of the runs that it takes in and the newest ones, in their stead', () => {
    const made = withNewRun(indexOf([large, small]), 2_000, now);
    expect([...decodeEntries(made?.run ?? new Uint8Array())]).toEqual([...keysFrom(200, 17), ...recent]);
    const run = { version: 2_000, count: 34, oldest: now - 200, newest: now + 1, entries: made?.run };
    expect(made?.index).toMatchObject({ recent: [], since: 0, runs: [large, run] });
  });

  it('is as old as the oldest of its keys, also where the clock has gone back', () => {
    const oldestOf = (index: KeyIndex, minute: number) => withNewRun(index, 2_000, minute)?.index.runs.at(-1)?.oldest;
    expect(oldestOf(indexOf([]), now)).toBe(now - 5);
    expect(oldestOf(indexOf([]), now - 9)).toBe(now - 9);
  });

  it('is not made without the keys of a run that it has to take in', () => {
    expect(withNewRun(indexOf([unread(small)]), 2_000, now)).toBeUndefined();
  });

  it('has a filter that holds each key of all runs, and is made anew where all are at hand', () => {
    const before = filterOf([0xabcdef]);
    const filter = withNewRun(indexOf([large, small], { filter: before }), 2_000, now)?.index.filter ?? before;
    const prints = printsOf([...keysFrom(100, 40), ...keysFrom(200, 17), ...recent]);
    expect(prints.filter((print) => !mayHold(filter, print))).toEqual([]);
    expect(mayHold(filter, 0xabcdef)).toBe(false);
  });

  it('adds its keys to the filter where older runs have not been read', () => {
    const before = filterOf(printsOf(keysFrom(100, 40)));
    const filter = withNewRun(indexOf([unread(large)], { filter: before }), 2_000, now)?.index.filter ?? before;
    const prints = printsOf([...keysFrom(100, 40), ...recent]);
    expect(prints.filter((print) => !mayHold(filter, print))).toEqual([]);
  });

  it('has no filter where older runs have neither one nor been read: it would rule their keys out', () => {
    expect(withNewRun(indexOf([unread(large)]), 2_000, now)?.index).not.toHaveProperty('filter');
  });

  it('has no filter with more than 3,000 keys', () => {
    const withKeys = (count: number) => withNewRun(indexOf([runOf(keysFrom(1, count))]), 9_000, now)?.index.filter;
    expect(withKeys(2_983)).toBeDefined();
    expect(withKeys(2_984)).toBeUndefined();
  });
});
