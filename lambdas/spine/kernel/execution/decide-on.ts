// One step of a command: its outcome on the stream as it is known.
import type { Decider, Rejection } from '../decider.ts';
import type { Commit, DomainEvent, IdempotencyMark, Provenance } from '../envelope.ts';
import type { KeyUse } from '../keys/key-lookup.ts';
import { notBefore, type StreamState } from './stream-state.ts';

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
  /** Ends in contention after that many lost races, for who has another stream to go to. @default MAX_ATTEMPTS */
  readonly mostRaces?: number | undefined;
  /** Whether the sender takes that rejection as the stream is kept, though it may have moved on: it only looks elsewhere then. */
  readonly takesAsKept?: ((rejection: Rejection) => boolean) | undefined;
}

/** What a command did: it appended events, had nothing to do, or repeated an earlier one with the same key. */
export type Effect = 'appended' | 'none' | 'replayed';

export type CommandOutcome =
  /** `version` is the stream's after the command. */
  | { readonly kind: 'done'; readonly version: number; readonly effect: Effect }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'version-mismatch'; readonly version: number }
  | { readonly kind: 'key-reused' }
  | { readonly kind: 'contention' };

export type Step = CommandOutcome | { readonly kind: 'append'; readonly commit: Commit };

const isExpected = (expected: ExpectedVersions | undefined, version: number): boolean =>
  expected === undefined || (expected === 'any' ? version > 0 : expected.includes(version));

/** @param use of the command's key in the stream */
export function decideOn<Command, Event extends DomainEvent, State>(
  decider: Decider<Command, Event, State>,
  request: CommandRequest<Command>,
  current: StreamState<State>,
  use: KeyUse,
): Step {
  if (use.kind === 'replay') return { kind: 'done', version: use.version, effect: 'replayed' };
  if (use.kind === 'reused') return { kind: 'key-reused' };
  const decision = decider.decide(request.command, current.state);
  // A caller that may not see a thing learns nothing of its version.
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
  return { kind: 'append', commit };
}
