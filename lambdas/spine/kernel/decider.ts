// A decider: the pure core of an aggregate. Time, ids and prices arrive in the command.
import type * as z from 'zod';
import type { DomainEvent, RecordedEvent } from './envelope.ts';
import type { EventCodec } from './event-codec.ts';

/** Why the domain says no. */
export interface Rejection {
  /**
   * `missing`: the stream that the command names does not exist; `rule`: the state does not allow it;
   * `reference`: the command names something else that does not exist.
   */
  readonly kind: 'missing' | 'rule' | 'reference';
  /** Stable, snake case. */
  readonly code: string;
  /** For the caller: what was wrong and what would be right. */
  readonly detail: string;
  /** What a program needs to go on: extension members of the problem (RFC 9457, section 3.2). */
  readonly members?: Readonly<Record<string, string | number>>;
}

export type Decision<Event> =
  | { readonly kind: 'accepted'; readonly events: readonly Event[] }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** No events: the state is already as the command wants it. */
export const accept = <Event>(...events: readonly Event[]): Decision<Event> => ({ kind: 'accepted', events });

export const reject = (
  kind: Rejection['kind'],
  code: string,
  detail: string,
  members?: Rejection['members'],
): Decision<never> => ({
  kind: 'rejected',
  rejection: { kind, code, detail, ...(members && { members }) },
});

export interface Decider<Command, Event extends DomainEvent, State> {
  /** First part of the names of its streams. */
  readonly category: string;
  readonly codec: EventCodec<Event>;
  /**
   * Names the fold. Raise it when `evolve` or the state changes: states that were folded in another generation are ignored.
   * A number that was deployed once stands for the same fold for ever.
   */
  readonly generation: number;
  readonly stateSchema: z.ZodType<State>;
  readonly initialState: State;
  evolve(state: State, event: RecordedEvent<Event> | Event): State;
  decide(command: Command, state: State): Decision<Event>;
}
