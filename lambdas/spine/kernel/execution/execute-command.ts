// Command execution: load or know, decide, append; on a conflict fold in what the winner wrote and decide again.
import { backoffMillis } from '../backoff.ts';
import type { Decider } from '../decider.ts';
import type { Commit, DomainEvent } from '../envelope.ts';
import { lastVersion } from '../envelope.ts';
import type { EventStore } from '../event-store.ts';
import { type CommandOutcome, type CommandRequest, decideOn } from './decide-on.ts';
import type { KeptStreams } from './kept-streams.ts';
import { rideAlong } from './ride-along.ts';
import { emptyStream, foldCommits, loadStream, type StreamState } from './stream-state.ts';
import { withUseOfKey } from './use-of-key.ts';

export type { CommandOutcome, CommandRequest, ExpectedVersions } from './decide-on.ts';

/**
 * After that many lost races, or that long in pauses between them, the caller is told to come back later: within the 10 s that a
 * command function has, and the 30 s of an HTTP API
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html).
 */
export const MAX_ATTEMPTS = 100;
export const MOST_PAUSED_IN_MILLIS = 5_000;

export interface ExecutionPorts {
  readonly store: EventStore;
  /** What this process knows of streams. Without it every command reads its stream. */
  readonly kept?: KeptStreams;
  /** Waits; injected so that tests don't. */
  wait(millis: number): Promise<void>;
  /** From 0 up to 1. */
  random(): number;
}

/** The outcome of a command, and the stream as it stands after it. */
export interface Executed<State> {
  readonly outcome: CommandOutcome;
  /** How often others were quicker to write to the stream. */
  readonly lostRaces: number;
  readonly current: StreamState<State>;
}

/** A stream as a command finds it. */
export interface Known<State> {
  readonly current: StreamState<State>;
  /** It was read for this command, so a decision on it may be returned. */
  readonly isFresh: boolean;
}

export async function executeCommand<Command, Event extends DomainEvent, State>(
  ports: ExecutionPorts,
  decider: Decider<Command, Event, State>,
  request: CommandRequest<Command>,
): Promise<CommandOutcome> {
  return (await execute(ports, decider, request)).outcome;
}

/** Executes the command on the stream as this process knows it, or as it is read. */
export const execute = <Command, Event extends DomainEvent, State>(
  ports: ExecutionPorts,
  decider: Decider<Command, Event, State>,
  request: CommandRequest<Command>,
): Promise<Executed<State>> =>
  inTurn(ports, decider, request.stream, async () =>
    run(ports, decider, request, await startingPoint(ports, decider, request)),
  );

/** Executes the command on a stream that the caller has loaded, or got from an earlier command. */
export const executeFrom = <Command, Event extends DomainEvent, State>(
  ports: ExecutionPorts,
  decider: Decider<Command, Event, State>,
  request: CommandRequest<Command>,
  from: StreamState<State>,
  isFresh = true,
): Promise<Executed<State>> =>
  inTurn(ports, decider, request.stream, () => {
    const kept = ports.kept?.get(decider, request.stream);
    const isAhead = kept && kept.version > from.version;
    return run(ports, decider, request, { current: isAhead ? kept : from, isFresh });
  });

/** The stream as this process keeps it, or as it is read. */
export async function knownStream<Event extends DomainEvent, State>(
  { kept, store }: Pick<ExecutionPorts, 'kept' | 'store'>,
  decider: Decider<never, Event, State>,
  stream: string,
  withKeys = false,
): Promise<Known<State>> {
  const current = kept?.get(decider, stream);
  if (current && (current.keys || !withKeys)) return { current, isFresh: false };
  return { current: await loadStream(store, decider, stream, { withKeys }), isFresh: true };
}

async function inTurn<State>(
  { kept }: ExecutionPorts,
  decider: { readonly generation: number; readonly initialState: State },
  stream: string,
  task: () => Promise<Executed<State>>,
): Promise<Executed<State>> {
  if (!kept) return task();
  return kept.inTurn(stream, async () => {
    const executed = await task();
    kept.keep(decider, stream, executed.current);
    return executed;
  });
}

/** A command that starts its stream decides without reading. Without a key its rejection holds for any stream that has not begun. */
async function startingPoint<Command, Event extends DomainEvent, State>(
  ports: ExecutionPorts,
  decider: Decider<Command, Event, State>,
  { stream, idempotency, expectedVersions, createsStream }: CommandRequest<Command>,
): Promise<Known<State>> {
  const isKept = ports.kept?.get(decider, stream) !== undefined;
  if (createsStream && expectedVersions === undefined && !isKept) {
    return { current: emptyStream(decider), isFresh: !idempotency };
  }
  return knownStream(ports, decider, stream, idempotency !== undefined);
}

/** @throws what the store throws */
async function run<Command, Event extends DomainEvent, State>(
  ports: ExecutionPorts,
  decider: Decider<Command, Event, State>,
  request: CommandRequest<Command>,
  known: Known<State>,
): Promise<Executed<State>> {
  const { store } = ports;
  const withKeys = request.idempotency !== undefined;
  const read = (from: StreamState<State>) => loadStream(store, decider, request.stream, { withKeys, from });
  let { current, isFresh } = known;
  const lost = { races: 0, millis: 0 };
  const ended = (outcome: CommandOutcome, at: StreamState<State>): Executed<State> => ({
    outcome,
    lostRaces: lost.races,
    current: at,
  });
  while (isPatient(lost, request)) {
    const checked = await withUseOfKey(store, decider, request, current);
    const step = decideOn(decider, request, checked.current, checked.use);
    if (step.kind !== 'append') {
      if (isAnswer(step, isFresh, request)) return ended(step, checked.current);
      current = await read(checked.current);
      isFresh = true;
      continue;
    }
    const { commit, after } = await rideAlong(store, decider, checked.current, step.commit);
    const winner = await raceOf(store, commit);
    if (winner === commit) return ended(appended(commit), after);
    current = winner ? foldCommits(decider, checked.current, [winner]) : checked.current;
    // A writer whose answer was lost meets its own commit.
    if (winner?.id === request.id) return ended(appended(winner), current);
    lost.races += 1;
    if (isAtOnce(lost, winner) || !isPatient(lost, request)) continue;
    const pauseInMillis = backoffMillis(lost.races, ports.random());
    lost.millis += pauseInMillis;
    await ports.wait(pauseInMillis);
    current = await read(current);
    isFresh = true;
  }
  return ended({ kind: 'contention' }, current);
}

const isPatient = (
  { races, millis }: { readonly races: number; readonly millis: number },
  { mostRaces = MAX_ATTEMPTS }: Pick<CommandRequest<unknown>, 'mostRaces'>,
): boolean => races < mostRaces && millis <= MOST_PAUSED_IN_MILLIS;

/** The first winner's commit came with the conflict, and is the newest more often than not. */
const isAtOnce = ({ races }: { readonly races: number }, winner: Commit | undefined): boolean =>
  races === 1 && winner !== undefined;

const isAnswer = (
  outcome: CommandOutcome,
  isFresh: boolean,
  { takesAsKept }: Pick<CommandRequest<unknown>, 'takesAsKept'>,
): boolean => isFresh || (outcome.kind === 'rejected' && takesAsKept?.(outcome.rejection) === true);

/** The commit that stands where this one was to: this one if it was written, or another. */
async function raceOf(store: EventStore, commit: Commit): Promise<Commit | undefined> {
  const result = await store.append(commit);
  if (result.kind === 'appended') return commit;
  return result.winner ?? (await store.commitWith(commit));
}

const appended = (commit: Commit): CommandOutcome => ({
  kind: 'done',
  version: lastVersion(commit),
  effect: 'appended',
});
