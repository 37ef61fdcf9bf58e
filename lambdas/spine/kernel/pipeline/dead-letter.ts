// Dead letters: messages that failed at their last delivery. What is noted of one says why and whom it concerns; the message itself
// waits in the dead-letter queue. A note is told to operators, so it holds nothing that identifies a person.

export interface FailedStream {
  readonly stream: string;
  /** Of the first event that was not done; absent where the message names none. */
  readonly version?: number;
}

export interface Failure {
  /** Snake case. */
  readonly code: string;
  readonly message: string;
}

/** A storage format: code of both ages reads and writes it. */
export interface DeadLetter {
  /** The message's id, which it keeps in the dead-letter queue. */
  readonly id: string;
  readonly subscriber: string;
  /** None where the message cannot be read, or is about no stream. */
  readonly streams: readonly FailedStream[];
  readonly error: Failure;
  /** How often it was delivered. */
  readonly attempts: number;
  /** ISO 8601, UTC, milliseconds, as all times here. */
  readonly firstFailedAt: string;
  readonly lastFailedAt: string;
  /** Until when the message waits to be redriven. */
  readonly keptUntil: string;
}

/** What a subscriber needs of the notes. */
export interface DeadLetterWriter {
  /** Notes a dead letter; one that is noted already is overwritten. */
  note(letter: DeadLetter): Promise<void>;
}

export interface DeadLetterPage {
  readonly letters: readonly DeadLetter[];
  /** The id that the next page begins after; absent at the end. */
  readonly end?: string;
}

/** What operators need of them. */
export interface DeadLetterNotes extends DeadLetterWriter {
  /** Notes what was found in a dead-letter queue; a note that stands knows better and stays. */
  noteFound(letter: DeadLetter): Promise<void>;
  /** In the order of their ids, without those that are kept no longer. */
  list(subscriber: string, limit: number, after?: string): Promise<DeadLetterPage>;
  find(subscriber: string, id: string): Promise<DeadLetter | undefined>;
  /** How many there are, or a number that is large enough. */
  count(subscriber: string): Promise<number>;
  forget(subscriber: string, id: string): Promise<void>;
}
