// The process that many applications begin with: it waits for an instant that a stream sets, and then sends that stream a command,
// unless an event lifts the deadline before. A later event may set another.
import * as z from 'zod';
import { accept, type Decider } from '../kernel/decider.ts';
import type { DomainEvent, RecordedEvent } from '../kernel/envelope.ts';
import { type EventOf, eventCodec } from '../kernel/event-codec.ts';
import { causeOf } from './command-sender.ts';
import type { ProcessDefinition } from './definition.ts';
import { hearing } from './hearing.ts';

export interface Deadline<Command extends { readonly type: string }, Event extends DomainEvent, State> {
  /** First part of the names of the process's own streams: `overdue`. */
  readonly category: string;
  /** Of the streams that set deadlines. */
  readonly decider: Decider<Command, Event, State>;
  /**
   * What an event does to the deadline. Pure.
   * @returns the instant that it sets, ISO 8601 in any form with its offset; `lifted` where nothing is waited for any more;
   *   `undefined` where it changes nothing
   */
  deadlineAfter(event: RecordedEvent<Event>): string | 'lifted' | undefined;
  /** Sent when the deadline has passed, at least once. The stream knows by its state whether it still means anything. */
  readonly command: NoInfer<Command>;
  /** The furthest deadline, counted from the stream's first. */
  readonly longestWaitInSeconds: number;
}

/** How long an outage may last that a process at its deadline waits out. */
const DAY_IN_SECONDS = 86_400;

/**
 * @example
 * export const overdueLoans = deadlineProcess({
 *   category: 'overdue',
 *   decider: loanDecider,
 *   deadlineAfter: ({ type, data }) => (type === 'BookLent' ? data.dueAt : type === 'BookReturned' ? 'lifted' : undefined),
 *   command: { type: 'MarkOverdue' },
 *   longestWaitInSeconds: 28 * 86_400,
 * });
 */
export function deadlineProcess<Command extends { readonly type: string }, Event extends DomainEvent, State>({
  category,
  decider,
  deadlineAfter,
  command,
  longestWaitInSeconds,
}: Deadline<Command, Event, State>): ProcessDefinition<DeadlineInput, DeadlineEvent, DeadlineState, 'send'> {
  return {
    manager: {
      decider: deadlineDecider(category),
      nextAction: ({ stage }) => (stage === 'passed' ? 'send' : undefined),
      wakeAt: (state) => (state.stage === 'waiting' ? state.dueAt : undefined),
    },
    hears: {
      [decider.category]: hearing(decider.codec, (event): DeadlineInput | undefined => {
        const deadline = deadlineAfter(event);
        if (deadline === undefined) return undefined;
        const { version } = event;
        return deadline === 'lifted'
          ? { type: 'Lifted', version }
          : { type: 'Set', version, dueAt: new Date(deadline).toISOString() };
      }),
    },
    onTimer: ({ now }) => ({ type: 'TimerRang', now }),
    async perform(_, __, { processId, cause, send }) {
      const sent = await send(decider, processId, command, cause);
      return { input: { type: 'Sent' }, causationId: causeOf(sent, cause) };
    },
    lifetimeInSeconds: longestWaitInSeconds + DAY_IN_SECONDS,
  };
}

const version = z.int().min(1);

const definitions = {
  DeadlineSet: { schemaVersion: '1.0.0', data: z.strictObject({ dueAt: z.string(), version }) },
  DeadlineLifted: { schemaVersion: '1.0.0', data: z.strictObject({ version }) },
  DeadlinePassed: { schemaVersion: '1.0.0', data: z.strictObject({}) },
  CommandSent: { schemaVersion: '1.0.0', data: z.strictObject({}) },
} as const;

/** `version`: of the event that says so, in its stream. What is told late is known by it. */
export type DeadlineEvent = EventOf<typeof definitions>;

export type DeadlineInput =
  | { readonly type: 'Set'; readonly version: number; readonly dueAt: string }
  | { readonly type: 'Lifted'; readonly version: number }
  | { readonly type: 'TimerRang'; readonly now: string }
  | { readonly type: 'Sent' };

const stateSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('none') }),
  z.object({ stage: z.literal('waiting'), version, dueAt: z.string() }),
  z.object({ stage: z.enum(['passed', 'ended']), version }),
]);

export type DeadlineState = z.infer<typeof stateSchema>;

const deadlineDecider = (category: string): Decider<DeadlineInput, DeadlineEvent, DeadlineState> => ({
  category,
  codec: eventCodec(definitions),
  generation: 1,
  stateSchema,
  initialState: { stage: 'none' },
  evolve(state, event) {
    switch (event.type) {
      case 'DeadlineSet':
        return { stage: 'waiting', ...event.data };
      case 'DeadlineLifted':
        return { stage: 'ended', ...event.data };
      default:
        if (state.stage === 'none') throw new RangeError(`${event.type} before DeadlineSet`);
        return { stage: event.type === 'DeadlinePassed' ? 'passed' : 'ended', version: state.version };
    }
  },
  decide: (input, state) => accept(...eventsOf(input, state)),
});

function eventsOf(input: DeadlineInput, state: DeadlineState): readonly DeadlineEvent[] {
  switch (input.type) {
    case 'Set':
      return isNews(input, state)
        ? [{ type: 'DeadlineSet', data: { dueAt: input.dueAt, version: input.version } }]
        : [];
    case 'Lifted':
      // Of a process that has not begun the whole history is heard next.
      return state.stage !== 'none' && isNews(input, state)
        ? [{ type: 'DeadlineLifted', data: { version: input.version } }]
        : [];
    case 'TimerRang':
      return state.stage === 'waiting' && state.dueAt <= input.now ? [{ type: 'DeadlinePassed', data: {} }] : [];
    case 'Sent':
      return state.stage === 'passed' ? [{ type: 'CommandSent', data: {} }] : [];
    default:
      return input satisfies never;
  }
}

const isNews = ({ version }: { readonly version: number }, state: DeadlineState): boolean =>
  state.stage === 'none' || state.version < version;
