// A subscription: a consumer with a queue of its own, and which streams' commits are sent to it.

export interface Subscription {
  /** Kebab case; names the queue, its dead-letter queue, the function and the alarms. */
  readonly name: string;
  /** Categories of the streams it wants: the part of a stream's name before its first hyphen. */
  readonly categories: readonly string[];
  /**
   * Whether the hints that it gets hold what identifies a person.
   * @default they do not
   */
  readonly readsPersonal?: boolean;
  /**
   * Its pace: how many streams one invocation gets through in a second when what it calls is slow. The sizes of its messages
   * and batches follow.
   * @default 100
   */
  readonly streamsPerSecond?: number;
}
