// What a process keeps of streams, when things go wrong.
import { expect, it } from 'vitest';
import type { EventStore } from '../../../lambdas/spine/kernel/event-store.ts';
import { keptStreams } from '../../../lambdas/spine/kernel/execution/kept-streams.ts';
import { emptyStream, loadStream, type StreamState } from '../../../lambdas/spine/kernel/execution/stream-state.ts';
import { noKeys } from '../../../lambdas/spine/kernel/keys/key-index.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { run } from '../../support/commands.ts';
import { purse } from './purse.ts';

const stream = 'purse-1';
const move = { type: 'Move', amount: 1 } as const;
const aRun = { version: 1, count: 1, oldest: 0, newest: 1 };

it('goes on after a write whose answer was lost in an error', async () => {
  const inner = inMemoryEventStore();
  const kept = keptStreams();
  await run(inner, purse, stream, move, { kept });
  const failing: EventStore = {
    ...inner,
    append: async (commit) => {
      await inner.append(commit);
      throw new Error('timed out');
    },
  };
  const options = { kept, key: 'k' };
  await expect(run(failing, purse, stream, move, options)).rejects.toThrow('timed out');
  expect(await run(inner, purse, stream, move, options)).toEqual({ kind: 'done', version: 2, effect: 'replayed' });
  expect((await loadStream(inner, purse, stream)).state.sum).toBe(2);
});

it('takes turns on one stream only', async () => {
  const inner = inMemoryEventStore();
  const kept = keptStreams();
  const hanging: EventStore = { ...inner, append: () => new Promise(() => {}) };
  void run(hanging, purse, stream, move, { kept });
  expect(await run(inner, purse, 'purse-2', move, { kept })).toMatchObject({ effect: 'appended' });
});

it('keeps no more than it may, however many streams', async () => {
  const inner = inMemoryEventStore();
  const kept = keptStreams(50_000);
  for (let n = 0; n < 500; n += 1) await run(inner, purse, `purse-${n}`, move, { kept });
  let count = 0;
  for (let n = 0; n < 500; n += 1) if (kept.get(purse, `purse-${n}`)) count += 1;
  expect(count).toBeLessThan(125);
  expect(count).toBeGreaterThan(50);
});

it('remembers a key for 24 hours by clocks that are five minutes off, either way', async () => {
  for (const keys of [1, 40]) {
    const inner = inMemoryEventStore();
    const early = '2026-01-01T00:00:00.000Z';
    const aDayLater = '2026-01-02T00:10:00.000Z';
    for (let n = 0; n < keys; n += 1) await run(inner, purse, stream, move, { key: `key-${n}`, time: early });
    await run(inner, purse, stream, move, { time: aDayLater });
    const again = await run(inner, purse, stream, move, { key: 'key-0', time: aDayLater });
    expect(again).toEqual({ kind: 'done', version: 1, effect: 'replayed' });
  }
});

const at = (version: number, sum = version): StreamState<{ readonly sum: number }> => ({
  ...{ ...emptyStream(purse), version, state: { sum }, time: '2026-01-01T00:00:00.000Z' },
});

it('gives a state to the generation that made it, and to no other', () => {
  const kept = keptStreams();
  kept.keep(purse, stream, at(1));
  expect(kept.get(purse, stream)).toEqual(at(1));
  for (const generation of [0, 2]) expect(kept.get({ ...purse, generation }, stream)).toBeUndefined();
  kept.keep({ generation: 2 }, stream, at(1, 7));
  expect(kept.get({ ...purse, generation: 2 }, stream)?.state.sum).toBe(7);
});

it('keeps the newer of two states, the later one of the same version, and none of an empty stream', () => {
  const kept = keptStreams();
  for (const current of [at(2), at(1), at(0)]) kept.keep(purse, stream, current);
  expect(kept.get(purse, stream)).toEqual(at(2));
  kept.keep(purse, stream, at(2, 5));
  expect(kept.get(purse, stream)).toEqual(at(2, 5));
  kept.keep(purse, 'purse-2', at(0));
  expect(kept.get(purse, 'purse-2')).toBeUndefined();
});

it('lets go first of what was not asked for the longest', () => {
  const kept = keptStreams(1_000);
  kept.keep(purse, 'a', at(1));
  kept.keep(purse, 'b', at(1));
  expect(kept.get(purse, 'a')).toBeDefined();
  kept.keep(purse, 'c', at(1));
  expect(['a', 'b', 'c'].filter((name) => kept.get(purse, name))).toEqual(['a', 'c']);
  for (let version = 2; version < 20; version += 1) kept.keep(purse, 'c', at(version));
  expect(['a', 'b', 'c'].filter((name) => kept.get(purse, name))).toEqual(['a', 'c']);
});

it.each<[string, Partial<StreamState<unknown>>]>([
  ['state', { state: 'x'.repeat(601) }],
  ['newest keys', { keys: { ...noKeys, recent: new Array(5).fill({ version: 1, print: 1 }) } }],
  ['filter of keys', { keys: { ...noKeys, filter: new Uint8Array(601) } }],
  ['run of keys', { keys: { ...noKeys, runs: [{ ...aRun, entries: new Uint8Array(601) }] } }],
  ['list of runs', { keys: { ...noKeys, runs: new Array(7).fill(aRun) } }],
])('keeps no stream that takes more than there is by its %s, nor what it was before', (_, more) => {
  const kept = keptStreams(1_000);
  kept.keep(purse, 'other', at(1));
  kept.keep(purse, stream, at(1));
  kept.keep(purse, stream, { ...at(2), ...more });
  expect(kept.get(purse, stream)).toBeUndefined();
  expect(kept.get(purse, 'other')).toBeDefined();
});

it('runs the tasks on a stream one after the other, also after one that failed', async () => {
  const kept = keptStreams();
  const log: string[] = [];
  const task =
    (name: string, fails = false) =>
    async () => {
      log.push(`${name} begins`);
      await new Promise(setImmediate);
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  const first = kept.inTurn(stream, task('first', true));
  const second = kept.inTurn(stream, task('second'));
  await expect(first).rejects.toThrow('first');
  const third = kept.inTurn(stream, task('third'));
  expect(await Promise.all([second, third])).toEqual(['second', 'third']);
  expect(log).toEqual(['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});
