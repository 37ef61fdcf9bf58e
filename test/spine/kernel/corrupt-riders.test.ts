// Riders that are damaged, or in a form of other code, cost a command more reads and nothing else.
import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import * as z from 'zod';
import type { Commit, Riders } from '../../../lambdas/spine/kernel/envelope.ts';
import type { EventStore } from '../../../lambdas/spine/kernel/event-store.ts';
import { packState, unpackState } from '../../../lambdas/spine/kernel/execution/state-rider.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { run } from '../../support/commands.ts';
import { purse } from './purse.ts';

const stream = 'purse-1';
const move = { type: 'Move', amount: 1 } as const;
const other = new Uint8Array([9, 9, 9]);

/** The store of a writer whose riders are damaged. */
const damaging = (inner: EventStore, damage: (riders: Riders, commit: Commit) => Riders): EventStore => ({
  ...inner,
  append: (commit) => inner.append({ ...commit, ...(commit.riders && { riders: damage(commit.riders, commit) }) }),
});

it.each<[string, (riders: Riders, commit: Commit) => Riders]>([
  ['a run cut short', (riders) => (riders.run ? { ...riders, run: riders.run.slice(0, -2) } : riders)],
  ['a run of other code', (riders) => (riders.run ? { ...riders, run: other } : riders)],
  ['an empty run', (riders) => (riders.run ? { ...riders, run: new Uint8Array() } : riders)],
  ['no run', ({ run: _, ...riders }) => riders],
  ['a run with a long number', (riders) => (riders.run ? { ...riders, run: new Uint8Array(40).fill(255) } : riders)],
  ['keys of other code', (riders) => ({ ...riders, keys: other })],
  ['keys cut short', (riders) => (riders.keys ? { ...riders, keys: riders.keys.slice(0, -2) } : riders)],
  ['empty keys', (riders) => ({ ...riders, keys: new Uint8Array() })],
  ['a state of other code', (riders) => ({ ...riders, state: other })],
  ['an empty state', (riders) => ({ ...riders, state: new Uint8Array() })],
])('answers every key after %s', async (_, damage) => {
  for (const damagedFrom of [1, 30]) {
    for (const count of [17, 40]) {
      const inner = inMemoryEventStore();
      const damaged = damaging(inner, (riders, commit) =>
        commit.version >= damagedFrom ? damage(riders, commit) : riders,
      );
      for (let n = 0; n < count; n += 1) {
        expect(await run(damaged, purse, stream, move, { key: `key-${n}` })).toMatchObject({ effect: 'appended' });
      }
      for (const n of [0, 7, count - 1]) {
        const again = await run(inner, purse, stream, move, { key: `key-${n}` });
        expect(again, `${damagedFrom} ${count} ${n}`).toEqual({ kind: 'done', version: n + 1, effect: 'replayed' });
      }
      expect(await run(inner, purse, stream, move, { key: 'new' })).toMatchObject({ effect: 'appended' });
      expect(await run(inner, purse, stream, { type: 'Move', amount: -count - 2 })).toMatchObject({ kind: 'rejected' });
    }
  }
});

it('takes nothing for a state that inflates to more than 64 MiB, and takes one of that size', () => {
  const fold = { generation: 1, stateSchema: z.string() };
  const [generation = 0, deflated = 0] = packState(fold, 'x'.repeat(300));
  const packed = (bytes: number) =>
    Buffer.concat([Uint8Array.of(generation, deflated), deflateRawSync(`"${'x'.repeat(bytes - 2)}"`, { level: 1 })]);
  const limit = 64 * 1024 * 1024;
  expect(unpackState(fold, packed(limit))?.state).toHaveLength(limit - 2);
  expect(unpackState(fold, packed(limit + 1))).toBeUndefined();
});
