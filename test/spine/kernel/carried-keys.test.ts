// Which keys a commit carries: what it cannot vouch for is no index, and the log is read instead.
import { expect, it } from 'vitest';
import type { Commit, Snapshot } from '../../../lambdas/spine/kernel/envelope.ts';
import { indexAfter, indexIn, withEntriesOf } from '../../../lambdas/spine/kernel/execution/carried-keys.ts';
import { encodeEntries, printOf } from '../../../lambdas/spine/kernel/keys/key-entries.ts';
import { encodeIndex, type KeyIndex, type KeyRun, noKeys } from '../../../lambdas/spine/kernel/keys/key-index.ts';

const commit = (more: Partial<Commit>): Commit => ({
  ...{ stream: 'purse-1', version: 9, id: 'c', time: '2026-01-01T00:00:00.000Z' },
  ...{ correlationId: 'c', causationId: 'c', events: [] },
  ...more,
});
const bytes = (packed: Uint8Array) => new Uint8Array(packed);
const entries = bytes(encodeEntries([{ version: 1, print: 7 }]));
const run = (version: number, count = 1): KeyRun => ({ version, count, oldest: 5, newest: 6 });
const carrying = (index: KeyIndex, ofRun?: Uint8Array) =>
  commit({ riders: { keys: bytes(encodeIndex(index)), ...(ofRun && { run: ofRun }) } });

it('has at hand the keys of the run that rides in the same commit, and of no other', () => {
  const index = { ...noKeys, runs: [run(3), run(9)] };
  expect(indexIn(carrying(index, entries))?.runs).toEqual([run(3), { ...run(9), entries }]);
  expect(indexIn(carrying(index))?.runs).toEqual([run(3), run(9)]);
  expect(indexIn(carrying({ ...noKeys, runs: [run(9, 2)] }, entries))?.runs).toEqual([run(9, 2)]);
});

it('is none in a commit without keys, or with those of other code', () => {
  expect(indexIn(commit({}))).toBeUndefined();
  expect(indexIn(commit({ riders: { state: entries } }))).toBeUndefined();
  expect(indexIn(commit({ riders: { keys: Uint8Array.of(9), run: entries } }))).toBeUndefined();
});

const marks = (count: number, isCallers: boolean) =>
  Array.from({ length: count }, (_, index) => ({ key: `k${index}`, payload: 'p', version: index + 1, isCallers }));
const snapshotWith = (...kinds: readonly object[]) =>
  commit({ snapshot: { generation: 1, state: {}, marks: kinds.flat() } as unknown as Snapshot });

it('takes the marks of a snapshot that has none left out', () => {
  const { recent } = indexIn(snapshotWith(marks(499, true), marks(499, false))) ?? noKeys;
  expect(recent).toHaveLength(998);
  const mark = { key: 'k0', payload: 'p', lastVersion: 1 };
  expect(recent[0]).toEqual({ print: printOf('k0'), version: 1, mark });
});

it.each([true, false])(
  'is none in a snapshot whose marks of one kind are full: it has forgotten some (%s)',
  (isCallers) => {
    expect(indexIn(snapshotWith(marks(500, isCallers), marks(1, !isCallers)))).toBeUndefined();
  },
);

it('knows all keys of a commit out of its time, and those that are carried unless the log has to say it', () => {
  const index = { ...noKeys, recent: [{ version: 1, print: 7 }], since: 5 };
  const newest = (time: string) => commit({ time });
  const [near, far] = [newest('2026-01-02T00:11:00.000Z'), newest('2026-01-02T00:12:00.000Z')];
  expect(indexAfter(carrying(index), near, false)).toEqual(index);
  expect(indexAfter(carrying(index), near, true)).toBeUndefined();
  expect(indexAfter(commit({}), near, false)).toBeUndefined();
  expect(indexAfter(carrying(index), far, true)).toEqual(noKeys);
  expect(indexAfter(carrying(index), far, false)).toEqual(index);
});

it('keeps what was read before of the same runs', () => {
  const other = bytes(encodeEntries([{ version: 2, print: 8 }]));
  const known = { ...noKeys, runs: [run(3), { ...run(5), entries }, { ...run(7), entries }] };
  const index = { ...noKeys, runs: [run(3), run(5), { ...run(7), entries: other }, run(9)] };
  expect(withEntriesOf(known, index).runs.map((each) => each.entries)).toEqual([undefined, entries, other, undefined]);
  expect(withEntriesOf(undefined, index)).toBe(index);
});
