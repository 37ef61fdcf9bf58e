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
  readonly code = 'unreadable_event';
}
