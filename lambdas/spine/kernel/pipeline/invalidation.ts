// The port to the queue of invalidations: the cache tags of rows that changed, on their way to the edge.

export interface Invalidation {
  /** Name of the projection, which is the tag of every answer made of its rows. */
  readonly collection: string;
  readonly tags: readonly string[];
  /** ISO 8601, UTC; not before the rows were in place. */
  readonly changedAt: string;
  /** A read that began before the change may store its answer after the first pass; the second one finds it. */
  readonly pass: 1 | 2;
}

export interface InvalidationQueue {
  /** @param delayInSeconds how long the message stays hidden: at most 900 */
  send(invalidation: Invalidation, delayInSeconds?: number): Promise<void>;
}
