// A projection: how the parts of a read model's views follow from the events of streams, one part from one stream.
import { type Commit, categoryOf, type DomainEvent, lastVersion, type RecordedEvent } from '../envelope.ts';
import { NewerEventError } from '../errors.ts';
import type { EventCodec } from '../event-codec.ts';
import type { Subscription } from '../pipeline/subscription.ts';

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
  /**
   * The index that lists are read from until a rebuild has filled this one. Both stand among the projection's `indexes` for one release, under key
   * attributes of their own; the next one drops the old (docs/adr/0054-an-index-beside-the-one-it-replaces.md).
   * @default none: lists are read from this one at once
   */
  readonly replaces?: ReadIndex;
}

/** How the part of a stream follows from its events. */
export interface PartFold<Part, Event extends DomainEvent = DomainEvent> {
  readonly codec: EventCodec<Event>;
  /** The part after the event; `undefined` before the stream's first event. Pure. */
  evolve(part: Part | undefined, event: RecordedEvent<Event>): Part;
}

/** The read table of another read model with the same folds, whose rows lie under other keys. */
export interface ReplacedTable {
  /** Of the other read model. */
  readonly name: string;
  /** Its own. */
  viewKey(stream: string): string;
  /**
   * The views of before that the rows of a view lie in.
   * @default the one of the same key
   */
  viewsOf?(key: string): readonly string[];
}

export interface Projection<Part> extends Omit<Subscription, 'categories'> {
  /** By the category of the streams that it folds, which are those it subscribes to. */
  readonly folds: Readonly<Record<string, PartFold<Part>>>;
  /**
   * Names the folds. Raise it when an `evolve` or a part changes: rows of any other generation are folded anew, those of a newer
   * one too, so that code which is rolled back goes on. A number that was deployed stands for the same folds ever after.
   */
  readonly generation: number;
  readonly indexes: readonly ReadIndex[];
  /**
   * The key of the view that the stream's part belongs to: the name of the stream of the thing that the view shows. Pure, and
   * the same ever after.
   */
  viewKey(stream: string): string;
  /**
   * The table in whose place this one comes: its rows have other view keys. Both read models stand in the manifest for one release, and
   * answers are the other one's until a rebuild has filled this one; the next release drops the other
   * (docs/adr/0059-a-table-in-the-place-of-another.md).
   * @default none: this one is read at once
   */
  readonly replaces?: ReplacedTable;
  /** The attributes that the indexes are keyed by. */
  indexKeys(part: Part): Readonly<Record<string, string>>;
  /**
   * What to invalidate at an edge when the row has changed: the cache tags of the answers that show its view. Each such answer also
   * carries the projection's name, the tag of all its answers. A tag follows from what never changes in a row, or the answers
   * under its former tag would stay; it has at most 256 visible characters without comma, and no personal data. Pure.
   */
  cacheTags(row: Row<Part>): readonly string[];
}

/** An item of a read table: a part of a view, the fold of exactly one stream, and how far it has come. */
export interface Row<Part> {
  readonly stream: string;
  readonly version: number;
  readonly generation: number;
  readonly part: Part;
}

/** The categories of the streams that the projection folds. */
export const categoriesOf = ({ folds }: Pick<Projection<unknown>, 'folds'>): string[] => Object.keys(folds);

/** @throws NewerEventError for a stream of a category that this code does not fold: newer code subscribed to it */
export function foldOf<Part>({ name, folds }: Projection<Part>, stream: string): PartFold<Part> {
  const fold = folds[categoryOf(stream)];
  if (fold) return fold;
  throw new NewerEventError(`${name} folds streams of ${Object.keys(folds).join(', ')}, not ${stream}`);
}

/** The row after the commit, which must be the next one. @throws UnreadableEventError */
export function foldCommit<Part>(projection: Projection<Part>, row: Row<Part> | undefined, commit: Commit): Row<Part> {
  const { codec, evolve } = foldOf(projection, commit.stream);
  const part = codec.decode(commit).reduce<Part | undefined>((current, event) => evolve(current, event), row?.part);
  if (part === undefined) throw new RangeError(`Commit ${commit.stream}@${commit.version} has no events`);
  return { stream: commit.stream, version: lastVersion(commit), generation: projection.generation, part };
}
