// Command execution: load, decide, append; on a conflict fold in what the winner wrote and decide again.
import { backoffMillis } from './backoff.ts';
import type { Decider, Rejection } from './decider.ts';
import type { Commit, DomainEvent, IdempotencyMark, Provenance } from './envelope.ts';
import { lastVersion } from './envelope.ts';
import type { EventStore } from './event-store.ts';
import { useOfKey } from './idempotency.ts';
import { emptyStream, foldCommits, loadStream, notBefore, type StreamState, withSnapshot } from './stream-state.ts';

/** After that many lost races the caller is told to come back later. */
export const MAX_ATTEMPTS = 10;

/** The stream must be at one of these versions, or at `any`: it must have begun. */
export type ExpectedVersions = 'any' | readonly number[];

export interface CommandRequest<Command> {
  readonly stream: string;
  readonly command: Command;
  /** Unique to this command; the id of its commit. */
  readonly id: string;
  readonly provenance: Provenance;
  readonly idempotency?: IdempotencyMark;
  readonly expectedVersions?: ExpectedVersions;
  /** The command starts its stream, so nothing is read before the write. */
  readonly createsStream?: boolean;
}

/** What a command did: events, nothing on the current state, or what an earlier one with the same key had done already. */
export type Effect = 'appended' | 'none' | 'replayed';

export type CommandOutcome =
  /** `version` is the stream's after the command. */
  | { readonly kind: 'done'; readonly version: number; readonly effect: Effect }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'version-mismatch'; readonly version: number }
  | { readonly kind: 'key-reused' }
  | { readonly kind: 'contention' };

export interface ExecutionPorts {
  readonly store: EventStore;
  /** Waits; injected so that tests don't. */
  wait(millis: number): Promise<void>;
  /** From 0 up to 1. */
  random(): number;
}

export async function executeCommand<Command, Event extends DomainEvent, State>(
  ports: ExecutionPorts,
  decider: Decider<Command, Event, State>,
  request: CommandRequest<Command>,
): Promise<CommandOutcome> {
  const current = await startingPoint(ports, decider, request);
  return (await executeFrom(ports, decider, request, current)).outcome;
}

/** Executes the command on a stream that the caller has loaded, and gives the stream as it stands after it. */
export async function executeFrom<Command, Event extends DomainEvent, State>(
  ports: ExecutionPorts,
  decider: Decider<Command, Event, State>,
  request: CommandRequest<Command>,
  from: StreamState<State>,
): Promise<{ readonly outcome: CommandOutcome; readonly current: StreamState<State> }> {
  let current = from;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const step = decideOn(decider, request, current);
    if (step.kind !== 'append') return { outcome: step, current };
    const result = await ports.store.append(step.commit);
    const missed =
      result.kind === 'appended'
        ? [step.commit]
        : await missedCommits(ports, request.stream, current.version, attempt, result.winner);
    current = foldCommits(decider, current, missed);
    const own = missed.find(({ id }) => id === request.id);
    if (own) return { outcome: { kind: 'done', version: lastVersion(own), effect: 'appended' }, current };
  }
  return { outcome: { kind: 'contention' }, current };
}

/** A command that starts its stream decides without reading; only a rejected one with a key looks whether it is a repeat. */
async function startingPoint<Command, Event extends DomainEvent, State>(
  { store }: ExecutionPorts,
  decider: Decider<Command, Event, State>,
  request: CommandRequest<Command>,
): Promise<StreamState<State>> {
  if (request.createsStream && request.expectedVersions === undefined) {
    const current = emptyStream(decider);
    if (!request.idempotency || decideOn(decider, request, current).kind === 'append') return current;
  }
  return loadStream(store, decider, request.stream);
}

/** What others appended since: the winner alone at first, all of it when races go on. */
async function missedCommits(
  ports: ExecutionPorts,
  stream: string,
  after: number,
  attempt: number,
  winner: Commit | undefined,
): Promise<readonly Commit[]> {
  if (attempt === 1 && winner) return [winner];
  if (attempt > 1) await ports.wait(backoffMillis(attempt, ports.random()));
  return Array.fromAsync(ports.store.readForward(stream, after));
}

const isExpected = (expected: ExpectedVersions | undefined, version: number): boolean =>
  expected === undefined || (expected === 'any' ? version > 0 : expected.includes(version));

type Step = CommandOutcome | { readonly kind: 'append'; readonly commit: Commit };

function decideOn<Command, Event extends DomainEvent, State>(
  decider: Decider<Command, Event, State>,
  request: CommandRequest<Command>,
  current: StreamState<State>,
): Step {
  const use = useOfKey(current.marks, request.idempotency);
  if (use.kind === 'replay') return { kind: 'done', version: use.version, effect: 'replayed' };
  if (use.kind === 'reused') return { kind: 'key-reused' };
  const decision = decider.decide(request.command, current.state);
  // Who may not see a thing learns nothing of its version.
  if (decision.kind === 'rejected' && decision.rejection.kind === 'missing') return decision;
  if (!isExpected(request.expectedVersions, current.version)) {
    return { kind: 'version-mismatch', version: current.version };
  }
  if (decision.kind === 'rejected') return decision;
  if (decision.events.length === 0) return { kind: 'done', version: current.version, effect: 'none' };
  const commit: Commit = {
    ...request.provenance,
    time: notBefore(current.time, request.provenance.time),
    stream: request.stream,
    version: current.version + 1,
    id: request.id,
    events: decision.events.map((event) => decider.codec.encode(event)),
    ...(request.idempotency && { idempotency: request.idempotency }),
  };
  return { kind: 'append', commit: withSnapshot(decider, current, commit) };
}
