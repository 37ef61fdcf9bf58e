// What rides in a commit, and what does not.
import { expect, it } from 'vitest';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import { behindAfter, withRiders } from '../../../lambdas/spine/kernel/execution/riders.ts';
import { decodeEntries } from '../../../lambdas/spine/kernel/keys/key-entries.ts';
import { filterOf } from '../../../lambdas/spine/kernel/keys/key-filter.ts';
import { decodeIndex, type KeyIndex, type KeyRun, noKeys } from '../../../lambdas/spine/kernel/keys/key-index.ts';
import { minuteOf } from '../../../lambdas/spine/kernel/keys/key-time.ts';

const commit: Commit = {
  ...{ stream: 'purse-1', version: 1, id: 'c', time: '2026-01-01T00:00:00.000Z' },
  ...{ correlationId: 'c', causationId: 'c', events: [{ type: 'Moved', schemaVersion: '1.0.0', data: {} }] },
};

const rides = (bytes: number, unitsBehind: number): boolean => {
  const ridden = withRiders(commit, new Uint8Array(bytes), undefined, { state: unitsBehind, keys: 0 });
  return ridden.commit.riders?.state !== undefined;
};

it.each([
  ['fits in the kilobyte that is paid', 500, 0, true],
  ['costs a write unit and is not due', 1_024, 19, false],
  ['costs a write unit and is due', 1_024, 20, true],
  ['is as large as an item may be, and due', 380 * 1024, 1_000_000, true],
  ['would make the item larger than DynamoDB takes, however due it is', 390 * 1024, 1_000_000, false],
])('a state that %s', (_, bytes, unitsBehind, does) => {
  expect(rides(bytes, unitsBehind)).toBe(does);
});

const now = minuteOf(commit.time);
const some = new Uint8Array(500);
const keysOf = (count: number, more: Partial<KeyIndex> = {}): KeyIndex => ({
  ...{
    ...noKeys,
    since: now,
    recent: Array.from({ length: count }, (_, index) => ({ version: index + 1, print: index })),
  },
  ...more,
});
const runsOf = (count: number, newest = now): KeyRun[] =>
  Array.from({ length: count }, (_, index) => ({ version: index + 1, count: 100, oldest: newest, newest }));

it('gives the room to that which is longer behind, and to keys without their filter before none', () => {
  const keys = keysOf(10, { runs: runsOf(1), filter: filterOf([1]) });
  const { filter: _, ...unfiltered } = keys;
  const ridden = (state: number, ofKeys: number) => {
    const { riders } = withRiders(commit, some, keys, { state, keys: ofKeys }).commit;
    return { state: riders?.state, keys: riders?.keys && decodeIndex(new Uint8Array(riders.keys)) };
  };
  expect(ridden(1, 2)).toEqual({ state: undefined, keys });
  expect(ridden(2, 1)).toEqual({ state: some, keys: unfiltered });
});

it.each([
  [19, undefined],
  [20, 60],
])('carries keys that cost a write unit when they are due (%i units behind)', (unitsBehind, count) => {
  const keys = keysOf(1, { runs: runsOf(60) });
  const wide = { ...commit, correlationId: 'c'.repeat(700) };
  const ridden = withRiders(wide, new Uint8Array(1_000), keys, { state: 0, keys: unitsBehind });
  expect(ridden.commit.riders?.keys && decodeIndex(ridden.commit.riders.keys)?.runs.length).toBe(count);
  expect(ridden.keys).toEqual(keys);
  if (!count) expect(ridden.commit).toBe(wide);
});

it.each([
  ['costs', 780, 10],
  ['takes the room of a state that is far behind', 0, 790],
])('carries a run when it is due, though it %s', (_, bytes, bytesOfState) => {
  const wide = { ...commit, correlationId: 'c'.repeat(bytes) };
  const ridden = withRiders(wide, new Uint8Array(bytesOfState), keysOf(17), { state: 19, keys: 0 });
  expect(ridden.commit.riders?.state !== undefined).toBe(bytes !== 0);
  expect([...decodeEntries(ridden.commit.riders?.run ?? new Uint8Array())]).toHaveLength(17);
  expect(ridden.keys).toMatchObject({ recent: [], runs: [{ version: 1, count: 17, newest: now + 1 }] });
  expect(decodeIndex(ridden.commit.riders?.keys ?? some)?.runs).toMatchObject([{ version: 1, count: 17 }]);
});

it('knows of no run for which the item has no room', () => {
  const huge = { ...commit, correlationId: 'c'.repeat(390 * 1024) };
  const ridden = withRiders(huge, some, keysOf(17), { state: 0, keys: 1_000_000 });
  expect(ridden).toEqual({ commit: huge, keys: keysOf(17) });
});

it('carries no runs that are out of their time', () => {
  const runs = [...runsOf(1, now - 1_451), ...runsOf(1, now - 1_450)];
  expect(withRiders(commit, some, keysOf(1, { runs }), { state: 0, keys: 0 }).keys?.runs).toEqual(runs.slice(1));
});

it('is behind by the write units since the last commit that carried it', () => {
  const before = { state: 3, keys: 5 };
  const wide = { ...commit, correlationId: 'c'.repeat(2_000) };
  expect(behindAfter(before, wide, { state: false, keys: true })).toEqual({ state: 6, keys: 0 });
  expect(behindAfter(before, commit, { state: true, keys: false })).toEqual({ state: 0, keys: 6 });
});
