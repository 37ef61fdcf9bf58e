// The smallest process with an instant to wait for: it reminds of a loan that is not back in time.
import * as z from 'zod';
import { accept, type Decider } from '../../../lambdas/spine/kernel/decider.ts';
import { type EventOf, eventCodec } from '../../../lambdas/spine/kernel/event-codec.ts';
import type { ProcessManager } from '../../../lambdas/spine/kernel/process-manager.ts';
import { causeOf } from '../../../lambdas/spine/process/command-sender.ts';
import type { ProcessDefinition } from '../../../lambdas/spine/process/definition.ts';
import { hearing } from '../../../lambdas/spine/process/hearing.ts';

const loanDefinitions = {
  Lent: { schemaVersion: '1.0.0', data: z.strictObject({ dueAt: z.string() }) },
  Reminded: { schemaVersion: '1.0.0', data: z.strictObject({}) },
  Returned: { schemaVersion: '1.0.0', data: z.strictObject({}) },
} as const;
export type LoanEvent = EventOf<typeof loanDefinitions>;
type LoanState = 'none' | LoanEvent['type'];

export const loanDecider: Decider<{ readonly type: 'Remind' }, LoanEvent, LoanState> = {
  category: 'loan',
  codec: eventCodec(loanDefinitions),
  generation: 1,
  stateSchema: z.enum(['none', 'Lent', 'Reminded', 'Returned']),
  initialState: 'none',
  evolve: (_, { type }) => type,
  decide: (_, state) => (state === 'Lent' ? accept({ type: 'Reminded', data: {} }) : accept()),
};

const definitions = {
  Started: { schemaVersion: '1.0.0', data: z.strictObject({ dueAt: z.string() }) },
  BecameOverdue: { schemaVersion: '1.0.0', data: z.strictObject({}) },
  Ended: { schemaVersion: '1.0.0', data: z.strictObject({}) },
} as const;
type Event = EventOf<typeof definitions>;
type Input =
  | { readonly type: 'Lent'; readonly dueAt: string }
  | { readonly type: 'TimerRang'; readonly now: string }
  | { readonly type: 'Returned' | 'Reminded' };

const stateSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.enum(['none', 'overdue', 'ended']) }),
  z.object({ stage: z.literal('waiting'), dueAt: z.string() }),
]);
type State = z.infer<typeof stateSchema>;

const decider: Decider<Input, Event, State> = {
  category: 'reminder',
  codec: eventCodec(definitions),
  generation: 1,
  stateSchema,
  initialState: { stage: 'none' },
  evolve(_, event) {
    if (event.type === 'Started') return { stage: 'waiting', dueAt: event.data.dueAt };
    return { stage: event.type === 'BecameOverdue' ? 'overdue' : 'ended' };
  },
  decide(input, state) {
    if (input.type === 'Lent') {
      return state.stage === 'none' ? accept({ type: 'Started', data: { dueAt: input.dueAt } }) : accept();
    }
    if (input.type === 'TimerRang') {
      const isOverdue = state.stage === 'waiting' && state.dueAt <= input.now;
      return isOverdue ? accept({ type: 'BecameOverdue', data: {} }) : accept();
    }
    return ['waiting', 'overdue'].includes(state.stage) ? accept({ type: 'Ended', data: {} }) : accept();
  },
};

const manager: ProcessManager<Input, Event, State, 'remind'> = {
  decider,
  nextAction: ({ stage }) => (stage === 'overdue' ? 'remind' : undefined),
  wakeAt: (state) => (state.stage === 'waiting' ? state.dueAt : undefined),
};

export const reminder: ProcessDefinition<Input, Event, State, 'remind'> = {
  manager,
  hears: {
    loan: hearing(loanDecider.codec, (event) => {
      if (event.type === 'Lent') return { type: 'Lent', dueAt: event.data.dueAt };
      return event.type === 'Returned' ? { type: 'Returned' } : undefined;
    }),
  },
  onTimer: ({ now }) => ({ type: 'TimerRang', now }),
  async perform(_, __, { processId, cause, send }) {
    const sent = await send(loanDecider, processId, { type: 'Remind' }, cause);
    return { input: { type: 'Reminded' }, causationId: causeOf(sent, cause) };
  },
  lifetimeInSeconds: 7_200,
};
