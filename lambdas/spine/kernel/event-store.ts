// The event store port. A conflict is a value: two writers wanted the same version, and the other one has it.
import type { Commit, EventPosition } from './envelope.ts';

export type AppendResult =
  | { readonly kind: 'appended' }
  /** `winner` is the commit that stands at that version, where the store gives it with the failed condition. */
  | { readonly kind: 'conflict'; readonly winner?: Commit };

export interface EventStore {
  /** Writes the commit if no other one stands at its stream and version: one conditional write. */
  append(commit: Commit): Promise<AppendResult>;
  /**
   * Pages of the stream's commits, newest first; strongly consistent. A page is fetched when it is asked for; the first is small.
   * @param after the version at the end of the last commit that the caller has; 0 for all
   */
  readBackward(stream: string, after?: number): AsyncIterable<readonly Commit[]>;
  /**
   * The stream's commits, oldest first; strongly consistent.
   * @param after the version at the end of the last commit that the caller has; 0 for all
   */
  readForward(stream: string, after: number): AsyncIterable<Commit>;
  /** The commit that holds the event, if it is there: one read, and a second where the first is behind the writes. */
  commitWith(event: EventName): Promise<Commit | undefined>;
  /** The commits that hold those events, each once and in no order; strongly consistent. Of an event that is not there, none. */
  commitsHolding(events: readonly EventName[]): Promise<readonly Commit[]>;
}

/** Names one event: its stream and its version in it. */
export type EventName = Pick<EventPosition, 'stream' | 'version'>;
