// A process whose instant depends on what it knows already: its timers, whoever else writes to its stream at the same time.
import { expect, it } from 'vitest';
import * as z from 'zod';
import { accept, type Decider } from '../../../lambdas/spine/kernel/decider.ts';
import { type EventOf, eventCodec } from '../../../lambdas/spine/kernel/event-codec.ts';
import type { ProcessDefinition } from '../../../lambdas/spine/process/definition.ts';
import { hearing } from '../../../lambdas/spine/process/hearing.ts';
import { loanDecider } from './reminder.ts';
import { world } from './world.ts';

const definitions = { Counted: { schemaVersion: '1.0.0', data: z.strictObject({ version: z.int() }) } } as const;
type Counted = EventOf<typeof definitions>;
type Input = { readonly type: 'Lent'; readonly version: number } | { readonly type: 'TimerRang' };

const decider: Decider<Input, Counted, readonly number[]> = {
  category: 'patience',
  codec: eventCodec(definitions),
  generation: 1,
  stateSchema: z.array(z.int()),
  initialState: [],
  evolve: (versions, { data }) => [...versions, data.version],
  decide(input, versions) {
    if (input.type === 'TimerRang' || versions.includes(input.version)) return accept();
    return accept({ type: 'Counted', data: { version: input.version } });
  },
};

/** Waits an hour for each time that the book was lent. */
const patience: ProcessDefinition<Input, Counted, readonly number[], never> = {
  manager: {
    decider,
    nextAction: () => undefined,
    wakeAt: ({ length }) => (length === 0 ? undefined : `2026-01-01T0${length}:00:00.000Z`),
  },
  hears: {
    loan: hearing(loanDecider.codec, ({ type, version }) => (type === 'Lent' ? { type, version } : undefined)),
  },
  onTimer: () => ({ type: 'TimerRang' }),
  perform: (action) => action,
  lifetimeInSeconds: 36_000,
};

it('has a timer for the instant that it comes to wait for when another run was quicker', async () => {
  const { happened, deliver, timers, typesOf } = world(patience);
  const lent = { type: 'Lent', data: { dueAt: '2026-01-02T00:00:00.000Z' } } as const;
  const bodies = [await happened(lent, 1), await happened(lent, 2)];
  await Promise.all(bodies.map((body) => deliver(body)));
  expect(typesOf('patience-7')).toEqual(['Counted', 'Counted']);
  expect(timers.filter(({ watch }) => !watch).map(({ dueAt }) => dueAt)).toContain('2026-01-01T02:00:00.000Z');
});
