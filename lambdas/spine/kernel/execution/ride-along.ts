// The commit of a decision with what rides in it, and the stream as it stands once it is written.
import type { Commit, DomainEvent } from '../envelope.ts';
import { lastVersion } from '../envelope.ts';
import type { EventStore } from '../event-store.ts';
import { type KeyIndex, rememberKey } from '../keys/key-index.ts';
import { UnreadableRunError, withRuns } from '../keys/key-lookup.ts';
import { isRunDue, runsToMerge } from '../keys/key-runs.ts';
import { minuteOf } from '../keys/key-time.ts';
import { behindAfter, withRiders } from './riders.ts';
import { packState } from './state-rider.ts';
import { evolveAll, type Fold, type StreamState } from './stream-state.ts';

export async function rideAlong<Event extends DomainEvent, State>(
  store: Pick<EventStore, 'commitWith'>,
  decider: Fold<Event, State>,
  before: StreamState<State>,
  plain: Commit,
): Promise<{ readonly commit: Commit; readonly after: StreamState<State> }> {
  const state = evolveAll(decider, before.state, plain);
  const known = before.keys && (await mergeable(store, plain, rememberKey(before.keys, plain)));
  const { commit, keys } = withRiders(plain, packState(decider, state), known, before.behind);
  const carries = { state: commit.riders?.state !== undefined, keys: commit.riders?.keys !== undefined };
  const behind = behindAfter(before.behind, commit, carries);
  return { commit, after: { state, version: lastVersion(commit), time: commit.time, keys, behind } };
}

/** The index with the keys at hand that its next run takes in; without them it goes on as it is. */
async function mergeable(store: Pick<EventStore, 'commitWith'>, commit: Commit, index: KeyIndex): Promise<KeyIndex> {
  if (!isRunDue(index)) return index;
  try {
    return await withRuns(store, commit.stream, index, runsToMerge(index, minuteOf(commit.time)));
  } catch (error) {
    if (error instanceof UnreadableRunError) return index;
    throw error;
  }
}
