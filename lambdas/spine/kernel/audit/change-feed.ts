// The change stream of the event table, as the audit reads it: by itself, from where it was, whatever has become of the relay's batches.
import type { Commit } from '../envelope.ts';
import { EventspineError } from '../errors.ts';
import type { Defect } from './progress.ts';

/** How far a shard was read. A storage format. */
export interface ShardPosition {
  /** Sequence number of the last record that was looked at; without one, none was. */
  readonly after?: string;
  /** Where to read on, for a while: past what holds no records. */
  readonly iterator?: { readonly value: string; readonly until: string };
  /** It was read to its end. */
  readonly isOver?: boolean;
}

export interface ChangedCommit {
  readonly sequenceNumber: string;
  /** When it was written by the clock of the table, in milliseconds since 1970; rounded to a second. */
  readonly writtenAt: number;
  /** What was written; `undefined` for a change that is no insert. */
  readonly written: Commit | (Defect & { readonly kind: 'unreadable' }) | undefined;
}

export interface ChangePage {
  readonly records: readonly ChangedCommit[];
  /** Where to read on after all of them; absent at the end of the shard. */
  readonly iterator: ShardPosition['iterator'];
}

/** The stream has dropped records that were not read: it keeps them for 24 hours. */
export class ChangesDroppedError extends EventspineError {
  readonly code = 'changes_dropped';
}

export interface ChangeFeed {
  /** Ids of the shards that the stream has records of, parents before their children. */
  shards(): Promise<readonly string[]>;
  /** One page from there on; from the oldest record on where there is no position. @throws ChangesDroppedError */
  read(shard: string, from: ShardPosition): Promise<ChangePage>;
}
