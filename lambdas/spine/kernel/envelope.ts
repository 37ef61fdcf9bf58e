// The envelope of an event and the commit that stores it. Both are storage formats: a change here needs an upcaster or a
// new attribute that old readers may ignore.

/** What a domain says happened. `personal` holds whatever identifies a person; it never enters a key, a tag or a log line. */
export interface DomainEvent {
  readonly type: string;
  readonly data: unknown;
  readonly personal?: unknown;
}

/** An event as the store holds it, in the schema version it was written with. */
export interface StoredEvent extends DomainEvent {
  /** Semantic version of the event type's schema. */
  readonly schemaVersion: string;
}

/** Where a commit's events come from; the same for all of them. */
export interface Provenance {
  /** ISO 8601, UTC, milliseconds. */
  readonly time: string;
  /** The request that all of this follows from, however many streams away. */
  readonly correlationId: string;
  /** The command or event that led to this directly. */
  readonly causationId: string;
  /** The caller's subject; absent when the system itself acts. */
  readonly actor?: string;
}

/** The events of one command: written at once, never changed. Times never fall within a stream, whatever writers' clocks say. */
export interface Commit extends Provenance {
  /** `<category>-<id>`. */
  readonly stream: string;
  /** Version of the first event; a stream's first event has version 1. */
  readonly version: number;
  /** Id of the command that made it, by which a writer whose answer was lost recognises its own commit. */
  readonly id: string;
  readonly events: readonly StoredEvent[];
  readonly idempotency?: IdempotencyMark;
  readonly riders?: Riders;
  /** From before there were riders. Older code still reads and writes it; this code only reads it. */
  readonly snapshot?: Snapshot;
}

/**
 * What rides in a commit beside its events, so that those before it need not be read. Code that cannot use a rider reads
 * further back.
 */
export interface Riders {
  /** The folded state after the commit (`state-rider.ts`). */
  readonly state?: Uint8Array;
  /** The stream's remembered keys after the commit (`key-index.ts`). */
  readonly keys?: Uint8Array;
  /** Keys that the index of this commit and of later ones points to (`key-entries.ts`). */
  readonly run?: Uint8Array;
}

/** Digests of the command's `Idempotency-Key` and of its payload. */
export interface IdempotencyMark {
  readonly key: string;
  readonly payload: string;
}

/** An idempotency mark of an earlier commit, with the version that the stream had after it. */
export interface RememberedMark extends IdempotencyMark {
  readonly version: number;
  /** A caller's, not the system's own. */
  readonly isCallers?: boolean;
}

/** The folded state after the commit that carries it. */
export interface Snapshot {
  /** The decider's when the state was folded; a snapshot of another generation is ignored. Stored as `fold`. */
  readonly generation: number;
  readonly state: unknown;
  /** The newest 500 marks of callers and the newest 500 of the system itself, oldest first. */
  readonly marks: readonly RememberedMark[];
}

/** An event as deciders and projections see it: in its type's current schema version, with its place in the stream. */
export type RecordedEvent<Event extends DomainEvent = DomainEvent> = Event & Provenance & EventPosition;

export interface EventPosition {
  readonly stream: string;
  readonly version: number;
  readonly schemaVersion: string;
}

/** Names one event for ever; the id of a commit's last event is the consistency token of its command. */
export const eventId = (position: { stream: string; version: number }): string =>
  `${position.stream}@${position.version}`;

export const lastVersion = (commit: Pick<Commit, 'version' | 'events'>): number =>
  commit.version + commit.events.length - 1;

/** The stream of a thing: `streamOf('account', '7')` is `account-7`. @param category without a hyphen */
export const streamOf = (category: string, id: string): string => `${category}-${id}`;

/** `account-7` → `account`. */
export const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

/** `account-AB-1` → `AB-1`. */
export const idOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);
