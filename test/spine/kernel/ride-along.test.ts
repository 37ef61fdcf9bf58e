// The commit of a decision with what rides in it, and the stream after it: what a process keeps must be what a load would find.
import { expect, it } from 'vitest';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import { commitBytes, UNIT_IN_BYTES } from '../../../lambdas/spine/kernel/execution/commit-size.ts';
import { rideAlong } from '../../../lambdas/spine/kernel/execution/ride-along.ts';
import { emptyStream, type StreamState } from '../../../lambdas/spine/kernel/execution/stream-state.ts';
import { decodeEntries, encodeEntries, type KeyEntry } from '../../../lambdas/spine/kernel/keys/key-entries.ts';
import type { KeyIndex } from '../../../lambdas/spine/kernel/keys/key-index.ts';
import { minuteOf } from '../../../lambdas/spine/kernel/keys/key-time.ts';
import { purse } from './purse.ts';

const time = '2026-01-01T00:00:00.000Z';
const commit = (version: number, more: Partial<Commit> = {}): Commit => ({
  ...{ stream: 'purse-1', version, id: `c${version}`, time, correlationId: 'c', causationId: 'c' },
  events: [{ type: 'Moved', schemaVersion: '1.0.0', data: { amount: 1 } }],
  ...more,
});
const keysFrom = (from: number, count: number): KeyEntry[] =>
  Array.from({ length: count }, (_, index) => ({ version: from + index, print: from + index }));
const now = minuteOf(time);
const inRun = keysFrom(1, 17);
const run = { version: 18, count: 17, oldest: now, newest: now };
const indexWith = (recent: number): KeyIndex => ({ recent: keysFrom(19, recent), since: now, runs: [run] });
const riding = commit(18, { riders: { run: encodeEntries(inRun) } });
const next = commit(35, { idempotency: { key: 'k', payload: 'p' } });

const before = (keys: KeyIndex | undefined): StreamState<{ readonly sum: number }> => ({
  ...{ ...emptyStream(purse), state: { sum: 34 }, version: 34, time, keys },
  behind: { state: 3, keys: 4 },
});
const ride = (keys: KeyIndex | undefined, commitWith: () => Promise<Commit | undefined>, plain = next) =>
  rideAlong({ commitWith }, purse, before(keys), plain);
const unasked = async () => expect.unreachable('nothing has to be read');

it('reads the run that the next one takes in, and carries the keys of both', async () => {
  const ridden = await ride(indexWith(16), async () => riding);
  const entries = [...decodeEntries(ridden.commit.riders?.run ?? new Uint8Array())];
  expect(entries.map(({ version }) => version)).toEqual(
    Array.from({ length: 34 }, (_, index) => index + (index < 17 ? 1 : 2)),
  );
  expect(ridden.after.keys).toMatchObject({ recent: [], runs: [{ version: 35, count: 34 }] });
});

it('remembers all keys in the index where that run is not to be read', async () => {
  const { after } = await ride(indexWith(16), async () => undefined);
  expect(after.keys?.runs).toEqual([run]);
  expect(after.keys?.recent.map(({ version }) => version)).toEqual(
    [...keysFrom(19, 16), next].map(({ version }) => version),
  );
});

it('fails as the store does', async () => {
  await expect(ride(indexWith(16), () => Promise.reject(new Error('timed out')))).rejects.toThrow('timed out');
});

it('reads nothing before a run is due', async () => {
  const index = { ...indexWith(15), runs: [{ ...run, count: 16 }] };
  expect((await ride(index, unasked)).after.keys?.recent).toHaveLength(16);
});

it('says how far the stream is behind, for what rides and for what does not', async () => {
  const { after, commit: whole } = await ride(undefined, unasked);
  expect(whole.riders).toEqual({ state: expect.anything() });
  expect(after).toMatchObject({
    state: { sum: 35 },
    version: 35,
    time,
    keys: undefined,
    behind: { state: 0, keys: 5 },
  });
  const full = commit(35, { correlationId: 'c'.repeat(UNIT_IN_BYTES + 1 - commitBytes(commit(35))) });
  expect((await ride(undefined, unasked, full)).after.behind).toEqual({ state: 4, keys: 5 });
  expect((await ride(indexWith(0), unasked)).after.behind).toEqual({ state: 0, keys: 0 });
});
