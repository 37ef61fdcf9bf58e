// The base of every error that this project throws. Code branches on the class or on `code`, never on the message.

export abstract class EventspineError extends Error {
  /** Stable, snake case. */
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A stored event that this code cannot read: its type or schema version is unknown, or its data does not fit the schema. */
export class UnreadableEventError extends EventspineError {
  readonly code: 'unreadable_event' | 'newer_event' | 'malformed_item' = 'unreadable_event';
}

/** The event is of a type, or a major version of its schema, that this code does not know: newer code wrote it, and reads it. */
export class NewerEventError extends UnreadableEventError {
  override readonly code = 'newer_event';
}
