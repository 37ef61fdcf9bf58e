// A page of an index: the rows of one partition, last sort key first. The index is eventually consistent, so the rows that the caller's
// tokens name are laid over its answer: a reader finds its own write in the list, in its place. A filter has no index of its own, so
// under a rare one a page may end before it is full: see docs/adr/0025.
import { readTableKey } from '../../bindings/tables.ts';
import type { ReadIndex, Row } from '../../kernel/projections/projection.ts';
import type { Position, RowPage } from '../../kernel/projections/read-table.ts';
import { shapeOf } from '../../kernel/sweep/full-marks.ts';
import type { ConsistencyToken } from './consistency.ts';
import { decodeCursor, encodeCursor, namesKeysOf } from './cursor.ts';
import { type CurrentRows, checkReached, inCurrentGeneration, type ReadModel, rowsOfTokens } from './read-model.ts';

export interface IndexList<Part> {
  readonly index: ReadIndex;
  /** Value of the index's partition key. */
  readonly partition: string;
  /**
   * Of these, the rows that match. `by` says what is asked for: a cursor of another filter is refused.
   * @default all
   */
  readonly filter?: { readonly by: unknown; matches(part: Part): boolean };
}

/** As `reading` and `paging` parse it. */
export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly consistentWith: readonly ConsistencyToken[];
}

export interface IndexPage<Part> extends CurrentRows<Part> {
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/**
 * @throws Problem 400 for a cursor of another list, and for a token that names a version which its stream never reached
 * @example const { rows, nextCursor } = await pageOfIndex(model, { index: byReader, partition: readerId }, query);
 */
export async function pageOfIndex<Part>(
  model: ReadModel<Part>,
  { index: asked, partition, filter }: IndexList<Part>,
  { limit, cursor, consistentWith }: PageQuery,
): Promise<IndexPage<Part>> {
  const list = JSON.stringify([model.projection.name, partition, filter?.by]);
  const index = await indexToRead(model, asked, cursor);
  const keys = indexKeysOf(model, index);
  const isListed = (row: Row<Part>) => keys.of(row)[index.partitionKey] === partition;
  const isWanted = (row: Row<Part>) => isListed(row) && (filter === undefined || filter.matches(row.part));
  const after = keys.start(decodeCursor(list, cursor, keys.shape(partition)));

  const fresh = await rowsOfTokens(model, consistentWith);
  for (const row of fresh) if (isListed(row)) checkReached(row, consistentWith);
  const most = limit + fresh.length + 1;
  const indexed = await wantedRows(model, { index, partition, keys, isWanted, most, after });
  const rows = overlay(indexed, { fresh, isWanted, after, sortKey: index.sortKey, keys });

  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const end = rows.length > limit && last ? keys.position(last) : indexed.end;
  return { rows: page, isWhole: indexed.isWhole, ...(end && { nextCursor: encodeCursor(list, keys.cursor(end)) }) };
}

/**
 * The index itself once it is full, before that the one whose place it takes. A cursor goes on in the index that it came from, which
 * stands for as long as any code reads it.
 */
async function indexToRead<Part>(
  { marks, projection }: ReadModel<Part>,
  index: ReadIndex,
  cursor: string | undefined,
): Promise<ReadIndex> {
  const { replaces } = index;
  if (marks === undefined || replaces === undefined) return index;
  if (cursor !== undefined) return [replaces, index].find((each) => namesKeysOf(cursor, each)) ?? index;
  return (await marks.isFull(projection.name, shapeOf(index))) ? index : replaces;
}

/** How many rows a filter goes through before the page ends, full or not. */
export const ROWS_READ_BEYOND_A_PAGE = 1_000;

interface Wanted<Part> {
  readonly index: ReadIndex;
  readonly partition: string;
  readonly keys: IndexKeys<Part>;
  readonly isWanted: (row: Row<Part>) => boolean;
  readonly most: number;
  readonly after: Position | undefined;
}

/**
 * The matching rows that at most two `Query` calls find. The first reads one page; if a filter drops too many of its rows, the
 * second reads a thousand more. `end` is where reading stopped; absent when there are no more rows.
 */
async function wantedRows<Part>(
  model: ReadModel<Part>,
  { index, partition, keys, isWanted, most, after }: Wanted<Part>,
): Promise<RowPage<Part> & CurrentRows<Part>> {
  const wanted: Row<Part>[] = [];
  let position = after;
  for (const limit of [most, ROWS_READ_BEYOND_A_PAGE]) {
    const page: RowPage<Part> = await model.table.query(index, partition, { limit, after: position });
    wanted.push(...page.rows.filter(isWanted));
    position = page.end;
    if (!position || wanted.length >= most) break;
  }
  const rows = wanted.slice(0, most);
  const last = rows.at(-1);
  const end = wanted.length > most && last ? keys.position(last) : position;
  const current = await inCurrentGeneration(model, rows);
  return { rows: current.rows.filter(isWanted), isWhole: current.isWhole, ...(end && { end }) };
}

interface Overlay<Part> extends Pick<Wanted<Part>, 'keys' | 'isWanted' | 'after'> {
  readonly fresh: readonly Row<Part>[];
  readonly sortKey: string;
}

/** The indexed rows with the fresh ones in place of what the index has of them, last first, as far as the index was read. */
function overlay<Part>(
  indexed: RowPage<Part>,
  { fresh, isWanted, after, sortKey, keys }: Overlay<Part>,
): readonly Row<Part>[] {
  const keyOf = (row: Row<Part>): string => keys.of(row)[sortKey] ?? '';
  const replaced = new Set(fresh.map(({ stream }) => stream));
  const start = after?.[sortKey];
  const end = indexed.end?.[sortKey];
  const inRange = fresh.filter(isWanted).filter((row) => {
    const key = keyOf(row);
    return (start === undefined || key < start) && (end === undefined || key >= end);
  });
  const rows = [...indexed.rows.filter(({ stream }) => !replaced.has(stream)), ...inRange];
  // Rows of one key stay in the index's own order, in which the next page goes on.
  return rows.sort((left, right) => Number(keyOf(left) < keyOf(right)) - Number(keyOf(left) > keyOf(right)));
}

interface IndexKeys<Part> {
  of(row: Row<Part>): Readonly<Record<string, string>>;
  position(row: Row<Part>): Position;
  /** What a cursor of the list has. */
  shape(partition: string): Readonly<Record<string, string | undefined>>;
  /** A cursor has no view's key, which follows from the stream. */
  start(cursor: Position | undefined): Position | undefined;
  cursor(position: Position): Position;
}

function indexKeysOf<Part>({ projection }: ReadModel<Part>, { partitionKey, sortKey }: ReadIndex): IndexKeys<Part> {
  const of = ({ part }: Row<Part>) => projection.indexKeys(part);
  const viewKeyOf = (stream: string) => ({ [readTableKey.partition]: projection.viewKey(stream) });
  return {
    of,
    position: (row) => ({
      ...viewKeyOf(row.stream),
      stream: row.stream,
      [partitionKey]: of(row)[partitionKey] ?? '',
      [sortKey]: of(row)[sortKey] ?? '',
    }),
    shape: (partition) => ({ stream: undefined, [partitionKey]: partition, [sortKey]: undefined }),
    start: (cursor) => cursor && { ...cursor, ...viewKeyOf(cursor['stream'] ?? '') },
    cursor: ({ [readTableKey.partition]: _, ...cursor }) => cursor,
  };
}
