// Commands without a key carry the keys of others on, so that the next command with one need not read the log of a day.
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import * as z from 'zod';
import type { EventStore } from '../../../lambdas/spine/kernel/event-store.ts';
import { keptStreams } from '../../../lambdas/spine/kernel/execution/kept-streams.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { run } from '../../support/commands.ts';
import { purse } from './purse.ts';

const stream = 'purse-1';

/** A purse whose state leaves as much room, or as little, in the kilobyte of a commit. */
const purseWith = (ballast: string) => ({
  ...purse,
  stateSchema: z.object({ sum: z.int(), ballast: z.string() }) as never,
  initialState: { sum: 0, ballast },
  evolve: (state: { readonly sum: number }, event: never) => ({ ...purse.evolve(state, event), ballast }),
});

/** The store, and how many commits were read newest first. */
function counting(inner: EventStore) {
  let read = 0;
  const store: EventStore = {
    ...inner,
    async *readBackward(of, after) {
      for await (const page of inner.readBackward(of, after)) {
        for (const commit of page) {
          read += 1;
          yield [commit];
        }
      }
    },
  };
  return { store, read: () => read };
}

// The state of 1,000 characters takes turns with the keys in the kilobyte of a commit; the others leave it room, or wait until due.
const cases = [100, 1_000, 2_000].flatMap((ballast) => ['cold', 'kept', 'contended'].map((how) => ({ how, ballast })));

it.each(cases)('finds keys near the end beside a state of $ballast bytes ($how)', async ({ how, ballast }) => {
  const decider = purseWith(randomBytes((ballast * 3) / 4).toString('base64'));
  const inner = inMemoryEventStore();
  const move = { type: 'Move', amount: 1 } as const;
  for (let n = 0; n < 40; n += 1) await run(inner, decider, stream, move, { key: `key-${n}` });
  const kepts = [keptStreams(), keptStreams()];
  for (let n = 0; n < 150; n += 1) {
    const kept = how === 'cold' ? undefined : kepts[how === 'contended' && n % 7 < 3 ? 1 : 0];
    await run(inner, decider, stream, move, kept && { kept });
  }
  const { store, read } = counting(inner);
  const again = await run(store, decider, stream, move, { key: 'key-7' });
  expect(again).toEqual({ kind: 'done', version: 8, effect: 'replayed' });
  expect(read()).toBeLessThanOrEqual(34);
});
