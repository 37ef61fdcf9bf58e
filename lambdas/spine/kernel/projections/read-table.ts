// The read table port: what a projector writes, and what a query reads.
import type { ReadIndex, Row } from './projection.ts';

export interface ReadTable<Part> {
  /** Strongly consistent. */
  get(stream: string): Promise<Row<Part> | undefined>;
  /**
   * Writes the row, unless the one that stands is further, or as far and of the same generation: then `superseded`. So a row's
   * version never moves backwards, and whatever the answer, the row that stands then is at least as far as this one.
   */
  put(row: Row<Part>, indexKeys: Readonly<Record<string, string>>): Promise<'written' | 'superseded'>;
}

/** Where a page ended: the key attributes of its last row. */
export type Position = Readonly<Record<string, string>>;

export interface RowPage<Part> {
  readonly rows: readonly Row<Part>[];
  /** Absent on the last page. */
  readonly end?: Position;
}

export interface PageRequest {
  /** Most rows to read, before any filter. */
  readonly limit: number;
  readonly after?: Position | undefined;
}

export interface PagedReadTable<Part> extends ReadTable<Part> {
  /** All rows of one view, in the order of their streams' names; strongly consistent. */
  ofView(key: string): Promise<readonly Row<Part>[]>;
  /**
   * Rows in the table's own order, which means nothing but stays; strongly consistent. Those of a view come one after the other.
   */
  scan(request: PageRequest): Promise<RowPage<Part>>;
  /** Rows of one partition of an index, last sort key first; eventually consistent. */
  query(index: ReadIndex, partition: string, request: PageRequest): Promise<RowPage<Part>>;
}
