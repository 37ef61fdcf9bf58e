// A stream's folded state: loaded newest first up to the newest usable snapshot, and moved on commit by commit.
import type { Decider } from './decider.ts';
import type { Commit, DomainEvent, RememberedMark, Snapshot } from './envelope.ts';
import { lastVersion } from './envelope.ts';
import type { EventStore } from './event-store.ts';
import { rememberMark } from './idempotency.ts';

/** Every how many events a commit carries a snapshot. */
export const SNAPSHOT_INTERVAL = 50;

/**
 * Bytes of JSON that a commit's events and snapshot have at most: what is left of a DynamoDB item beside its other attributes
 * (400 KB: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html).
 */
export const MOST_BYTES_WITH_SNAPSHOT = 390 * 1024;

export interface StreamState<State> {
  readonly state: State;
  /** Version of the last event; 0 for a stream without any. */
  readonly version: number;
  /** Of the newest commit, or of an earlier one that is later; `undefined` for a stream without any. */
  readonly time: string | undefined;
  readonly marks: readonly RememberedMark[];
}

type AnyDecider<Event extends DomainEvent, State> = Omit<Decider<never, Event, State>, 'decide'>;

export const emptyStream = <State>(decider: { readonly initialState: State }): StreamState<State> => ({
  state: decider.initialState,
  version: 0,
  time: undefined,
  marks: [],
});

export async function loadStream<Event extends DomainEvent, State>(
  store: EventStore,
  decider: AnyDecider<Event, State>,
  stream: string,
): Promise<StreamState<State>> {
  const newer: Commit[] = [];
  for await (const page of store.readBackward(stream)) {
    for (const commit of page) {
      const restored = restore(decider, commit);
      if (restored) return foldCommits(decider, restored, newer.reverse());
      newer.push(commit);
    }
  }
  return foldCommits(decider, emptyStream(decider), newer.reverse());
}

export function foldCommits<Event extends DomainEvent, State>(
  decider: AnyDecider<Event, State>,
  from: StreamState<State>,
  commits: readonly Commit[],
): StreamState<State> {
  return commits.reduce(
    (current, commit) => ({
      state: decider.codec.decode(commit).reduce((state, event) => decider.evolve(state, event), current.state),
      version: lastVersion(commit),
      time: notBefore(current.time, commit.time),
      marks: rememberMark(current.marks, commit),
    }),
    from,
  );
}

/** The time, unless it lies before the earlier one: then that. Both are ISO 8601, UTC, milliseconds, which sort as text. */
export const notBefore = (earlier: string | undefined, time: string): string =>
  earlier !== undefined && earlier > time ? earlier : time;

/** The commit, with a snapshot in it if the stream passes a multiple of the interval here and the snapshot is not too large. */
export function withSnapshot<Event extends DomainEvent, State>(
  decider: AnyDecider<Event, State>,
  before: StreamState<State>,
  commit: Commit,
): Commit {
  const isDue = Math.floor(lastVersion(commit) / SNAPSHOT_INTERVAL) > Math.floor(before.version / SNAPSHOT_INTERVAL);
  if (!isDue) return commit;
  const { state, marks } = foldCommits(decider, before, [commit]);
  const snapshot: Snapshot = { fold: decider.foldVersion, state, marks };
  const bytes = Buffer.byteLength(JSON.stringify([commit.events, snapshot]));
  return bytes > MOST_BYTES_WITH_SNAPSHOT ? commit : { ...commit, snapshot };
}

function restore<Event extends DomainEvent, State>(
  decider: AnyDecider<Event, State>,
  commit: Commit,
): StreamState<State> | undefined {
  if (commit.snapshot?.fold !== decider.foldVersion) return undefined;
  if (!Array.isArray(commit.snapshot.marks)) return undefined;
  const state = decider.stateSchema.safeParse(commit.snapshot.state);
  if (!state.success) return undefined;
  return { state: state.data, version: lastVersion(commit), time: commit.time, marks: commit.snapshot.marks };
}
