// Which use of a key the index and the commits make out, and which reads that takes.
import { expect, it } from 'vitest';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import { encodeEntries, isOfEntries, printOf, versionsOf } from '../../../lambdas/spine/kernel/keys/key-entries.ts';
import { filterOf } from '../../../lambdas/spine/kernel/keys/key-filter.ts';
import { type KeyIndex, type KeyRun, noKeys } from '../../../lambdas/spine/kernel/keys/key-index.ts';
import { UnreadableRunError, useOfKey, withRuns } from '../../../lambdas/spine/kernel/keys/key-lookup.ts';

const stream = 'purse-1';
const print = printOf('k');
const event = { type: 'Moved', schemaVersion: '1.0.0', data: { amount: 1 } };
const commit = (version: number, more: Partial<Commit>): Commit => ({
  ...{ stream, version, id: `c${version}`, time: '2026-01-01T00:00:00.000Z' },
  ...{ correlationId: 'c', causationId: 'c', events: [event, event] },
  ...more,
});
const marked = (version: number, key: string, payload = 'p') => commit(version, { idempotency: { key, payload } });
const run: KeyRun = { version: 9, count: 2, oldest: 0, newest: 1 };
const packed = encodeEntries([
  { version: 1, print },
  { version: 3, print },
]);
const inRun: KeyIndex = { ...noKeys, runs: [run] };

/** The use of the key `k`, with the versions of the commits that were read for it. */
async function lookUp(index: KeyIndex, commits: readonly Commit[], payload = 'p') {
  const read: number[] = [];
  const commitWith = async ({ version }: { readonly version: number }) => {
    read.push(version);
    return commits.find((each) => each.version === version);
  };
  const found = await useOfKey({ commitWith }, stream, index, { key: 'k', payload });
  return { ...found, read };
}

it('finds a key in the commit that the index suspects, with the version of its last event', async () => {
  const index = { ...noKeys, recent: [{ version: 5, print }] };
  expect(await lookUp(index, [marked(5, 'k')])).toMatchObject({ use: { kind: 'replay', version: 6 }, read: [5] });
  expect(await lookUp(index, [marked(5, 'k')], 'other')).toMatchObject({ use: { kind: 'reused' } });
});

it.each([
  ['of another key', [marked(5, 'l')]],
  ['without a key', [commit(5, {})]],
  ['that is not there', []],
])('holds a key for new whose print leads to a commit %s', async (_, commits) => {
  const { use } = await lookUp({ ...noKeys, recent: [{ version: 5, print }] }, commits);
  expect(use).toEqual({ kind: 'new' });
});

it('answers as the newest of several commits with the key, past those that only share its print', async () => {
  const runs = [{ ...run, entries: packed }];
  const commits = [marked(1, 'k'), marked(3, 'k', 'q'), marked(20, 'k', 'r'), marked(22, 'l')];
  const recent = [20, 22].map((version) => ({ version, print }));
  expect((await lookUp({ ...noKeys, runs, recent }, commits, 'r')).use).toEqual({ kind: 'replay', version: 21 });
  expect((await lookUp({ ...noKeys, runs }, commits, 'q')).use).toEqual({ kind: 'replay', version: 4 });
});

it('reads no commit where this process has seen the key', async () => {
  const mark = { key: 'k', payload: 'p', lastVersion: 8 };
  const { use, read } = await lookUp({ ...noKeys, recent: [{ version: 7, print, mark }] }, []);
  expect({ use, read }).toEqual({ use: { kind: 'replay', version: 8 }, read: [] });
});

it('reads runs where no filter rules the key out, and gives them back as read', async () => {
  const commits = [marked(1, 'k'), marked(3, 'l'), commit(9, { riders: { run: packed } })];
  for (const index of [inRun, { ...inRun, filter: filterOf([print]) }]) {
    const { use, index: after, read } = await lookUp(index, commits);
    expect({ use, read }).toEqual({ use: { kind: 'replay', version: 2 }, read: [9, 3, 1] });
    expect(after.runs).toEqual([{ ...run, entries: packed }]);
  }
});

it('finds the versions of a print, however large, and of none that shares two bytes with it', () => {
  const prints = [0x010203, 0x010204, 0x010303, 0x020203, 0x010203, 0x010203];
  const versions = [1, 2, 3, 4, 300, 3_000_000];
  const bytes = encodeEntries(prints.map((each, index) => ({ version: versions[index] ?? 0, print: each })));
  expect(versionsOf(bytes, 0x010203)).toEqual([1, 300, 3_000_000]);
  expect(isOfEntries(bytes, 6)).toBe(true);
  expect(isOfEntries(bytes.slice(0, -1), 6)).toBe(false);
});

it('reads no run that the filter rules the key out of', async () => {
  expect(await lookUp({ ...inRun, filter: filterOf([]) }, [])).toMatchObject({ use: { kind: 'new' }, read: [] });
});

it.each([
  ['no commit', []],
  ['a commit without riders', [commit(9, {})]],
  ['fewer keys', [commit(9, { riders: { run: packed.slice(0, 4) } })]],
])('holds no key for new by a run of which there is %s', async (_, commits) => {
  await expect(lookUp(inRun, commits)).rejects.toThrow(UnreadableRunError);
  await expect(lookUp(inRun, commits)).rejects.toThrow('purse-1@9 has no run of 2 keys');
});

it('reads those runs alone that are wanted and not at hand', async () => {
  const read: number[] = [];
  const commitWith = async ({ version }: { readonly version: number }) => {
    read.push(version);
    return commit(version, { riders: { run: packed } });
  };
  const runs = [1, 2, 3].map((version) => ({ ...run, version, ...(version === 2 && { entries: packed }) }));
  const { runs: after } = await withRuns({ commitWith }, stream, { ...noKeys, runs }, runs.slice(1));
  expect(read).toEqual([3]);
  expect(after.map(({ entries }) => entries !== undefined)).toEqual([false, true, true]);
});
