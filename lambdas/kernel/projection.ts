// A projection: how one read model's row follows from the events of one stream.
import type { DomainEvent, RecordedEvent } from './envelope.ts';
import type { EventCodec } from './event-codec.ts';
import type { Subscription } from './subscription.ts';

/**
 * A secondary index of a read table; both keys are string attributes that `indexKeys` supplies. A row for which it leaves one out
 * is not in the index
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-indexes-general-sparse-indexes.html).
 */
export interface ReadIndex {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  /**
   * For counting: the index has the rows' keys and nothing else of them.
   * @default false
   */
  readonly keysOnly?: boolean;
}

export interface Projection<View, Event extends DomainEvent = DomainEvent> extends Subscription {
  readonly codec: EventCodec<Event>;
  /**
   * Names the fold. Raise it when `evolve` or the view changes: rows of any other generation are folded anew, those of a newer
   * one too, so that code which is rolled back goes on. A number that was deployed stands for the same fold ever after.
   */
  readonly generation: number;
  readonly indexes: readonly ReadIndex[];
  /** The view after the event; `undefined` before the stream's first event. Pure. */
  evolve(view: View | undefined, event: RecordedEvent<Event>): View;
  /** The attributes that the indexes are keyed by. */
  indexKeys(view: View): Readonly<Record<string, string>>;
  /**
   * What to invalidate at an edge when the row has changed: the cache tags of the answers that show it. Each such answer also
   * carries the projection's name, the tag of all its answers. A tag follows from what never changes in a row, or the answers
   * under its former tag would stay; it has at most 256 visible characters without comma, and no personal data. Pure.
   */
  cacheTags(row: Row<View>): readonly string[];
}

/** A read-model row: the fold of exactly one stream, and how far it has come. */
export interface Row<View> {
  readonly stream: string;
  readonly version: number;
  readonly generation: number;
  readonly view: View;
}
