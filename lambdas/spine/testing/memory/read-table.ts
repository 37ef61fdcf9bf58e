// The read table in memory: the reference that the real ones are held against.

import type { Row } from '../../kernel/projections/projection.ts';
import type { PagedReadTable, PageRequest, Position, RowPage } from '../../kernel/projections/read-table.ts';
import type { SweptTable } from '../../kernel/sweep/swept-table.ts';
import { frozenCopy } from './frozen.ts';

export interface InMemoryReadTable<Part> extends PagedReadTable<Part>, SweptTable<Part> {
  readonly rows: ReadonlyMap<string, Row<Part>>;
  /** Writes that took effect. */
  writes(): number;
}

/** @param viewKey the projection's; without one, every stream has a view of its own */
export function inMemoryReadTable<Part>(
  viewKey: (stream: string) => string = (stream) => stream,
): InMemoryReadTable<Part> {
  const rows = new Map<string, Row<Part>>();
  const keys = new Map<string, Readonly<Record<string, string>>>();
  const keyOf = ({ stream }: Row<Part>): Position => ({ view: viewKey(stream), stream });
  let writes = 0;
  const write = (row: Row<Part>, indexKeys: Readonly<Record<string, string>>): 'written' => {
    rows.set(row.stream, frozenCopy(row));
    keys.set(row.stream, indexKeys);
    writes += 1;
    return 'written';
  };
  return {
    rows,
    writes: () => writes,
    get: async (stream) => rows.get(stream),
    async put(row, indexKeys) {
      const standing = rows.get(row.stream);
      const isAhead =
        !standing ||
        standing.version < row.version ||
        (standing.version === row.version && standing.generation !== row.generation);
      return isAhead ? write(row, indexKeys) : 'superseded';
    },
    async rewrite(row, indexKeys) {
      const isFurther = (rows.get(row.stream)?.version ?? 0) > row.version;
      return isFurther ? 'superseded' : write(row, indexKeys);
    },
    async marks(streams) {
      const standing = streams.flatMap((stream) => rows.get(stream) ?? []);
      return new Map(
        standing.map(({ stream, version, generation }) => [
          stream,
          { version, generation, indexKeys: keys.get(stream) ?? {} },
        ]),
      );
    },
    async ofView(key) {
      const own = [...rows.values()].filter(({ stream }) => viewKey(stream) === key);
      return pageOf(own, keyOf, ['view', 'stream'], 1, { limit: own.length }).rows;
    },
    scan: async (request) => pageOf([...rows.values()], keyOf, ['view', 'stream'], 1, request),
    async query({ partitionKey, sortKey }, partition, request) {
      const indexKey = ({ stream }: Row<Part>, name: string): string => keys.get(stream)?.[name] ?? '';
      const placeOf = (row: Row<Part>): Position => ({
        ...keyOf(row),
        [partitionKey]: indexKey(row, partitionKey),
        [sortKey]: indexKey(row, sortKey),
      });
      const own = [...rows.values()].filter((row) => indexKey(row, partitionKey) === partition);
      return pageOf(own, placeOf, [sortKey, 'stream'], -1, request);
    },
  };
}

/** The rows behind the position, which need not be that of a row. @param direction 1 for the lowest place first, -1 for the highest */
function pageOf<Part>(
  rows: readonly Row<Part>[],
  placeOf: (row: Row<Part>) => Position,
  orderBy: readonly string[],
  direction: 1 | -1,
  { limit, after }: PageRequest,
): RowPage<Part> {
  const rank = (place: Position): string => orderBy.map((name) => place[name]).join('\0');
  const order = (left: Position, right: Position) => (rank(left) > rank(right) ? direction : -direction);
  const inOrder = rows.toSorted((left, right) => order(placeOf(left), placeOf(right)));
  const rest = after
    ? inOrder.filter((row) => rank(placeOf(row)) !== rank(after) && order(placeOf(row), after) > 0)
    : inOrder;
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return rest.length > limit && last ? { rows: page, end: placeOf(last) } : { rows: page };
}
