// A projection: how one read model's row follows from the events of one stream.
import type { RecordedEvent } from './envelope.ts';
import type { Subscription } from './subscription.ts';

/** A secondary index of a read table; both keys are string attributes that `indexKeys` supplies. */
export interface ReadIndex {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
}

export interface Projection<View> extends Subscription {
  /** Raise it when `evolve` or the view changes: rows of an older generation are folded anew. */
  readonly generation: number;
  readonly indexes: readonly ReadIndex[];
  /** The view after the event; `undefined` before the stream's first event. Pure. */
  evolve(view: View | undefined, event: RecordedEvent): View;
  /** The attributes that the indexes are keyed by. */
  indexKeys(view: View): Readonly<Record<string, string>>;
}
