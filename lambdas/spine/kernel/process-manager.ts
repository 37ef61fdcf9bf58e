// A process manager: a decider over its own stream whose decisions are actions on other streams. It records what it hears
// and how each action ended before it goes on, so a run that dies anywhere is repeated without harm: other streams know by
// their state what an action has done already.
import type { Decider, Decision } from './decider.ts';
import { type DomainEvent, eventId, type Provenance } from './envelope.ts';
import { EventspineError } from './errors.ts';
import type { EventStore } from './event-store.ts';
import { type ExecutionPorts, executeFrom, type Known, knownStream } from './execution/execute-command.ts';
import { loadStream, type StreamState } from './execution/stream-state.ts';

export interface ProcessManager<Input, Event extends DomainEvent, State, Action> {
  readonly decider: Decider<Input, Event, State>;
  /** What the process does next; `undefined` while it waits for somebody else. */
  nextAction(state: State): Action | undefined;
  /**
   * The instant that the process waits for in this state, ISO 8601, UTC. Its timer is set before the event is recorded that
   * leads there, so no process waits without one.
   * @default it waits for no instant
   */
  wakeAt?(state: State): string | undefined;
}

/** Nothing is left to do until somebody else does something, however long that takes: nobody has to watch over it. */
export const isAtRest = <State>(
  { nextAction, wakeAt }: Pick<ProcessManager<never, never, State, unknown>, 'nextAction' | 'wakeAt'>,
  state: State,
): boolean => nextAction(state) === undefined && wakeAt?.(state) === undefined;

/** An input of the process: what it hears, or how an action ended. */
export interface Heard<Input> {
  readonly input: Input;
  /** The event that caused it; without one, the process's own newest event is the cause. */
  readonly causationId?: string;
}

/** How an action ended: what there is to record of it, in order. */
export type Outcome<Input> = Heard<Input> | readonly Heard<Input>[];

export interface ProcessPorts<Input, State, Action> extends ExecutionPorts {
  newId(): string;
  now(): Date;
  /** Sets the timer of a process's deadline. Called before its first event is recorded, so that none runs unwatched. */
  watch(): Promise<void>;
  /** Sets a timer for the instant of a `wakeAt`. */
  wake(dueAt: string): Promise<void>;
  /** Does the action. It may be done again after a crash, so it must be harmless twice under the same `cause`. */
  perform(action: Action, state: State, cause: Provenance): Promise<Outcome<Input>>;
}

/** An action ended and the process is where it was: a defect, which no waiting mends. */
export class ProcessStuckError extends EventspineError {
  readonly code = 'process_stuck';
}

/** The run cannot go on now; what it did so far is recorded, and repeating it later is harmless. */
export class ProcessInterruptedError extends EventspineError {
  readonly code = 'process_interrupted';
}

/**
 * Records what was heard, then acts until the process waits or has ended.
 * @param correlationId of the request that this run follows from
 * @returns the process's stream as it stands then
 * @throws ProcessInterruptedError when others kept writing to the stream
 * @throws ProcessStuckError when an action that ended changed nothing
 */
export async function runProcess<Input, Event extends DomainEvent, State, Action>(
  ports: ProcessPorts<Input, State, Action>,
  manager: ProcessManager<Input, Event, State, Action>,
  stream: string,
  heard: readonly Heard<Input>[],
  correlationId: string,
): Promise<StreamState<State>> {
  const { decider, nextAction } = manager;
  const provenance = (causationId: string): Provenance => ({
    time: ports.now().toISOString(),
    correlationId,
    causationId,
  });
  const record = async ({ current, isFresh }: Known<State>, { input, causationId }: Heard<Input>) => {
    const waking = wakingBefore(ports, manager);
    const request = {
      stream,
      command: input,
      id: ports.newId(),
      provenance: provenance(causationId ?? eventId({ stream, version: current.version })),
    };
    const result = await executeFrom(waking.ports, waking.decider, request, current, isFresh);
    if (result.outcome.kind === 'done') return { current: result.current, isFresh: true };
    throw new ProcessInterruptedError(`${stream} could not record what it heard: ${result.outcome.kind}`);
  };

  let known = await knownStream(ports, decider, stream);
  const { state, version } = known.current;
  const isStart = ({ input }: Heard<Input>) => changes(decider.decide(input, state));
  if (version === 0 && heard.some(isStart)) await ports.watch();
  for (const each of heard) known = await record(known, each);
  for (;;) {
    const { current } = known;
    const action = nextAction(current.state);
    if (!action) return current;
    const cause = provenance(eventId({ stream, version: current.version }));
    const outcome = await ports.perform(action, current.state, cause);
    for (const each of [outcome].flat()) known = await record(known, each);
    if (known.current.version > current.version) continue;
    known = { current: await loadStream(ports.store, decider, stream), isFresh: true };
    if (known.current.version === current.version) {
      throw new ProcessStuckError(`${stream} does not move at version ${current.version}`);
    }
  }
}

/**
 * Sets the timer of the state that a commit leads to before it is written. Others may have been quicker, and then it is another
 * state than the one that was decided on first.
 */
function wakingBefore<Input, Event extends DomainEvent, State, Action>(
  ports: ProcessPorts<Input, State, Action>,
  { decider, wakeAt }: ProcessManager<Input, Event, State, Action>,
): { readonly ports: ExecutionPorts; readonly decider: Decider<Input, Event, State> } {
  if (!wakeAt) return { ports, decider };
  let dueAt: string | undefined;
  let setFor: string | undefined;
  const decide = (input: Input, state: State): Decision<Event> => {
    const decision = decider.decide(input, state);
    dueAt = decision.kind === 'accepted' ? newWake(decider.evolve, wakeAt, decision.events, state) : undefined;
    return decision;
  };
  const append: EventStore['append'] = async (commit) => {
    if (dueAt !== undefined && dueAt !== setFor) await ports.wake(dueAt);
    setFor = dueAt;
    return ports.store.append(commit);
  };
  return { ports: { ...ports, store: { ...ports.store, append } }, decider: { ...decider, decide } };
}

/** The instant that the process waits for after the events, unless it waits for it already. */
function newWake<Event extends DomainEvent, State>(
  evolve: Decider<never, Event, State>['evolve'],
  wakeAt: (state: State) => string | undefined,
  events: readonly Event[],
  state: State,
): string | undefined {
  const dueAt = wakeAt(events.reduce(evolve, state));
  return dueAt === wakeAt(state) ? undefined : dueAt;
}

const changes = (decision: Decision<unknown>): boolean => decision.kind === 'accepted' && decision.events.length > 0;
