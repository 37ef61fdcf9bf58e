// The process: it waits for a loan's due time, and marks the loan as overdue unless the book is back by then.
import * as z from 'zod';
import {
  accept,
  type Decider,
  type EventOf,
  eventCodec,
  type ProcessManager,
} from '../../lambdas/spine/kernel/index.ts';
import { causeOf } from '../../lambdas/spine/process/command-sender.ts';
import type { ProcessDefinition } from '../../lambdas/spine/process/definition.ts';
import { hearing } from '../../lambdas/spine/process/hearing.ts';
import { loanDecider, loanEvents } from './loan.ts';

const definitions = {
  WaitBegan: { schemaVersion: '1.0.0', data: z.strictObject({ dueAt: z.string() }) },
  TimeRanOut: { schemaVersion: '1.0.0', data: z.strictObject({}) },
  WaitEnded: { schemaVersion: '1.0.0', data: z.strictObject({}) },
} as const;
type Event = EventOf<typeof definitions>;

type Input =
  | { readonly type: 'Lent'; readonly dueAt: string }
  | { readonly type: 'TimerRang'; readonly now: string }
  | { readonly type: 'Settled' };

const stateSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.enum(['none', 'late', 'ended']) }),
  z.object({ stage: z.literal('waiting'), dueAt: z.string() }),
]);
type State = z.infer<typeof stateSchema>;

const decider: Decider<Input, Event, State> = {
  category: 'overdue',
  codec: eventCodec(definitions),
  generation: 1,
  stateSchema,
  initialState: { stage: 'none' },
  evolve(_, event) {
    if (event.type === 'WaitBegan') return { stage: 'waiting', dueAt: event.data.dueAt };
    return { stage: event.type === 'TimeRanOut' ? 'late' : 'ended' };
  },
  decide(input, { stage, ...state }) {
    if (input.type === 'Lent') {
      return stage === 'none' ? accept({ type: 'WaitBegan', data: { dueAt: input.dueAt } }) : accept();
    }
    if (input.type === 'Settled') {
      return stage === 'waiting' || stage === 'late' ? accept({ type: 'WaitEnded', data: {} }) : accept();
    }
    return 'dueAt' in state && state.dueAt <= input.now ? accept({ type: 'TimeRanOut', data: {} }) : accept();
  },
};

const manager: ProcessManager<Input, Event, State, 'mark-overdue'> = {
  decider,
  nextAction: ({ stage }) => (stage === 'late' ? 'mark-overdue' : undefined),
  wakeAt: (state) => (state.stage === 'waiting' ? state.dueAt : undefined),
};

export const overdueLoans: ProcessDefinition<Input, Event, State, 'mark-overdue'> = {
  manager,
  hears: {
    loan: hearing(loanEvents, (event) => {
      if (event.type === 'BookLent') return { type: 'Lent', dueAt: event.data.dueAt };
      return event.type === 'BookReturned' ? { type: 'Settled' } : undefined;
    }),
  },
  onTimer: ({ now }) => ({ type: 'TimerRang', now }),
  async perform(_, __, { processId, cause, send }) {
    const sent = await send(loanDecider, processId, { type: 'MarkOverdue' }, cause);
    return { input: { type: 'Settled' }, causationId: causeOf(sent, cause) };
  },
  lifetimeInSeconds: 30 * 86_400,
};
