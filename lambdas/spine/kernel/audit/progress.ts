// How far a subscriber is, asked by the audit: one kind for read models, one for processes, one for notifications.
import type { Commit } from '../envelope.ts';

/** Commits of one stream, oldest first: all of it or a part. */
export interface StreamCommits {
  readonly stream: string;
  readonly commits: readonly Commit[];
  /** Whether its last commit was the stream's newest when it was read. */
  readonly isToTheEnd?: boolean;
}

export type Finding =
  /** The subscriber has not got to the commit. */
  | { readonly kind: 'behind'; readonly commit: Commit }
  /** It has, in another generation of its fold. */
  | { readonly kind: 'outdated'; readonly commit: Commit }
  /** It has, and is not done with it: something is down, or what would carry it on is lost. `mark` is the version of its own stream. */
  | { readonly kind: 'pending'; readonly commit: Commit; readonly mark: number }
  /** It waits for an instant; ISO 8601, UTC. */
  | { readonly kind: 'asleep'; readonly commit: Commit; readonly until: string }
  /** Nothing that it is told helps. */
  | ({ readonly kind: 'unreadable' } & Defect)
  | ({ readonly kind: 'ahead' } & Defect);

/** What an operator has to know of a stream. */
export interface Defect {
  readonly stream: string;
  /** Of the commit that it is about, where that is known. */
  readonly version?: number;
  /** Snake case. */
  readonly code: string;
  readonly message: string;
}

export interface Progress {
  /** Name of the subscription. */
  readonly subscriber: string;
  /** Of the streams that it is to be asked about. */
  readonly categories: readonly string[];
  /** @returns what is not as it should be; of one stream a finding at most */
  look(streams: readonly StreamCommits[]): Promise<readonly Finding[]>;
  /** Has this subscriber, and no other, look at those streams again. @returns the names of those that it could not be told of */
  tell(commits: readonly Commit[]): Promise<ReadonlySet<string>>;
}
