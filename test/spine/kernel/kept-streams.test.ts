// What a process keeps of streams, when things go wrong.
import { expect, it } from 'vitest';
import type { EventStore } from '../../../lambdas/spine/kernel/event-store.ts';
import { keptStreams } from '../../../lambdas/spine/kernel/execution/kept-streams.ts';
import { loadStream } from '../../../lambdas/spine/kernel/execution/stream-state.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { run } from '../../support/commands.ts';
import { purse } from './purse.ts';

const stream = 'purse-1';
const move = { type: 'Move', amount: 1 } as const;

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
