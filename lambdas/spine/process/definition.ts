// What makes a process: everything that the runtime cannot know.
import type { DomainEvent, Provenance } from '../kernel/envelope.ts';
import type { Heard, Outcome, ProcessManager } from '../kernel/process-manager.ts';
import type { CommandSender } from './command-sender.ts';
import type { Hears } from './hearing.ts';

/** A timer rang. Both ISO 8601, UTC. */
export interface Ring {
  readonly now: string;
  /** A process that started at this instant or earlier has run out of time. */
  readonly startedBefore: string;
}

export interface ActionContext extends Pick<CommandSender, 'send'> {
  readonly processId: string;
  /** Provenance of what the action leads to. */
  readonly cause: Provenance;
}

export interface ProcessDefinition<Input, Event extends DomainEvent, State, Action> {
  readonly manager: ProcessManager<Input, Event, State, Action>;
  readonly hears: Hears<NoInfer<Input>>;
  /** What a timer means to the process: the watch of its deadline, or the instant of its `wakeAt`. */
  onTimer(ring: Ring): NoInfer<Input>;
  /**
   * Does the action. It may be done again after a crash, so it must be harmless twice under the same `cause`.
   * @returns how it ended
   */
  perform(action: Action, state: State, context: ActionContext): Promise<Outcome<NoInfer<Input>>>;
  /** How long a process may take from its start, outages included. It gets as long again to be undone. */
  readonly lifetimeInSeconds: number;
  /**
   * Adds to an input what has to be on record before the process acts on it.
   * @default it is recorded as it was heard
   */
  prepare?(input: NoInfer<Input>): Promise<NoInfer<Input>>;
  /**
   * What runs that died may have done in other streams without recording it. Looked for whenever a timer rings.
   * @default nothing; an action that is repeated tells
   */
  readonly unrecorded?: {
    /** Whether there may be any in this state. */
    isPossible(state: State): boolean;
    find(state: NoInfer<State>): Promise<readonly Heard<NoInfer<Input>>[]>;
  };
  /**
   * Codes of the application's errors that no waiting mends.
   * @default none
   */
  readonly defects?: readonly string[];
}
