// A stream's folded state: loaded newest first up to what rides in its commits, and moved on commit by commit.

import type { Decider } from '../decider.ts';
import type { Commit, DomainEvent } from '../envelope.ts';
import { lastVersion } from '../envelope.ts';
import type { EventStore } from '../event-store.ts';
import { type KeyIndex, noKeys, rememberKey } from '../keys/key-index.ts';
import { indexAfter, indexIn, withEntriesOf } from './carried-keys.ts';
import { commitUnits } from './commit-size.ts';
import { behindAfter, type UnitsBehind } from './riders.ts';
import { unpackState } from './state-rider.ts';

export interface StreamState<State> {
  readonly state: State;
  /** Version of the last event; 0 for a stream without any. */
  readonly version: number;
  /** Of the newest commit, or of an earlier one that is later; `undefined` for a stream without any. */
  readonly time: string | undefined;
  /** The remembered idempotency keys, where they are known. */
  readonly keys: KeyIndex | undefined;
  readonly behind: UnitsBehind;
}

export type Fold<Event extends DomainEvent, State> = Omit<Decider<never, Event, State>, 'decide'>;

export const emptyStream = <State>(decider: { readonly initialState: State }): StreamState<State> => ({
  state: decider.initialState,
  version: 0,
  time: undefined,
  keys: noKeys,
  behind: { state: 0, keys: 0 },
});

export interface Wanted<State> {
  /** Reads on, if need be, until the keys are known too. */
  readonly withKeys?: boolean;
  /** What the caller knows of the stream already; only what follows is read. */
  readonly from?: StreamState<State>;
  /** Ignores the indexes of keys and reads the log for as long as keys are remembered. */
  readonly keysOfLog?: boolean;
}

/**
 * How many commits a load reads for keys that it could do without. Otherwise its own commit would carry none, and the next
 * command with a key would have to read them all. Keys ride in at least one of 20 commits (`riders.ts`), and a store's first
 * two pages have this many.
 */
const COMMITS_READ_FOR_KEYS = 34;

/** Strongly consistent. Without `withKeys`, the keys are known only if a recent commit carries them. */
export async function loadStream<Event extends DomainEvent, State>(
  store: Pick<EventStore, 'readBackward'>,
  decider: Fold<Event, State>,
  stream: string,
  { withKeys = false, from = emptyStream(decider), keysOfLog = false }: Wanted<State> = {},
): Promise<StreamState<State>> {
  let state: Base<State> | undefined;
  let keys: Base<KeyIndex> | undefined;
  const isEnough = (commit: Commit, newer: readonly Commit[]): boolean => {
    const restored = state ? undefined : restoreState(decider, commit);
    if (restored) state = { value: restored.state, newer: [...newer] };
    const index = keys ? undefined : indexAfter(commit, newer[0] ?? commit, keysOfLog);
    if (index) keys = { value: index, newer: [...newer] };
    const isFarEnough = !withKeys && newer.length + 1 >= COMMITS_READ_FOR_KEYS;
    return state !== undefined && (keys !== undefined || isFarEnough);
  };
  const { read, isWhole } = await readNewestFirst(store, stream, from.version, isEnough);
  const stateBase = state ?? { value: from.state, newer: read, behind: from.behind.state };
  const keysBase =
    keys ?? (isWhole && from.keys ? { value: from.keys, newer: read, behind: from.behind.keys } : undefined);
  return {
    state: stateBase.newer.reduceRight((current, commit) => evolveAll(decider, current, commit), stateBase.value),
    version: read[0] ? lastVersion(read[0]) : from.version,
    time: read.reduce((latest, { time }) => notBefore(latest, time), from.time),
    keys: keysBase && withEntriesOf(from.keys, keysBase.newer.reduceRight(rememberKey, keysBase.value)),
    behind: { state: unitsBehind(stateBase), keys: keysBase ? unitsBehind(keysBase) : 0 },
  };
}

/** A value from a commit, the commits after it, newest first, and the write units that a load reads beside those. */
interface Base<Value> {
  readonly value: Value;
  readonly newer: readonly Commit[];
  readonly behind?: number;
}

const unitsBehind = ({ newer, behind = 0 }: Base<unknown>): number =>
  newer.reduce((units, commit) => units + commitUnits(commit), behind);

/** @param isEnough whether no commit before this one is needed; `newer` are those after it */
async function readNewestFirst(
  store: Pick<EventStore, 'readBackward'>,
  stream: string,
  after: number,
  isEnough: (commit: Commit, newer: readonly Commit[]) => boolean,
): Promise<{ readonly read: readonly Commit[]; readonly isWhole: boolean }> {
  const read: Commit[] = [];
  for await (const page of store.readBackward(stream, after)) {
    for (const commit of page) {
      if (lastVersion(commit) <= after) return { read, isWhole: true };
      const isLast = isEnough(commit, read);
      read.push(commit);
      if (isLast) return { read, isWhole: false };
    }
  }
  return { read, isWhole: true };
}

/** Moves the stream on by the commits that follow it, and takes what they carry. */
export function foldCommits<Event extends DomainEvent, State>(
  decider: Fold<Event, State>,
  from: StreamState<State>,
  commits: readonly Commit[],
): StreamState<State> {
  return commits.reduce((current, commit) => {
    const index = indexIn(commit);
    const keys = index && withEntriesOf(current.keys, index);
    return {
      state: evolveAll(decider, current.state, commit),
      version: lastVersion(commit),
      time: notBefore(current.time, commit.time),
      keys: keys ?? (current.keys && rememberKey(current.keys, commit)),
      behind: behindAfter(current.behind, commit, {
        state: restoreState(decider, commit) !== undefined,
        keys: index !== undefined,
      }),
    };
  }, from);
}

export const evolveAll = <Event extends DomainEvent, State>(
  decider: Fold<Event, State>,
  state: State,
  commit: Commit,
): State => decider.codec.decode(commit).reduce((current, event) => decider.evolve(current, event), state);

/** The time, unless it lies before the earlier one: then that. Both are ISO 8601, UTC, milliseconds, which sort as text. */
export const notBefore = (earlier: string | undefined, time: string): string =>
  earlier !== undefined && earlier > time ? earlier : time;

function restoreState<Event extends DomainEvent, State>(
  decider: Fold<Event, State>,
  { riders, snapshot }: Commit,
): { readonly state: State } | undefined {
  if (riders?.state) return unpackState(decider, riders.state);
  if (snapshot?.generation !== decider.generation) return undefined;
  const state = decider.stateSchema.safeParse(snapshot.state);
  return state.success ? { state: state.data } : undefined;
}
