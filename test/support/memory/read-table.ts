// The read table in memory: the reference that the real ones are held against.
import type { PagedReadTable, PageRequest, Position, RowPage } from '../../../lambdas/adapters/dynamodb/read-table.ts';
import type { Row } from '../../../lambdas/kernel/projection.ts';

export interface InMemoryReadTable<View> extends PagedReadTable<View> {
  readonly rows: ReadonlyMap<string, Row<View>>;
  /** Writes that took effect. */
  writes(): number;
}

export function inMemoryReadTable<View>(): InMemoryReadTable<View> {
  const rows = new Map<string, Row<View>>();
  const keys = new Map<string, Readonly<Record<string, string>>>();
  let writes = 0;
  return {
    rows,
    writes: () => writes,
    get: async (stream) => structuredClone(rows.get(stream)),
    async put(row, indexKeys) {
      const standing = rows.get(row.stream);
      const isAhead =
        !standing ||
        standing.version < row.version ||
        (standing.version === row.version && standing.generation !== row.generation);
      if (!isAhead) return 'superseded';
      rows.set(row.stream, structuredClone(row));
      keys.set(row.stream, indexKeys);
      writes += 1;
      return 'written';
    },
    scan: async (request) => pageOf([...rows.values()], ({ stream }) => ({ stream }), 'stream', request),
    async query({ partitionKey, sortKey }, partition, request) {
      const keyOf = ({ stream }: Row<View>, name: string): string => keys.get(stream)?.[name] ?? '';
      const placeOf = (row: Row<View>): Position => ({
        stream: row.stream,
        [partitionKey]: keyOf(row, partitionKey),
        [sortKey]: keyOf(row, sortKey),
      });
      const own = [...rows.values()].filter((row) => keyOf(row, partitionKey) === partition);
      return pageOf(own, placeOf, sortKey, request);
    },
  };
}

/** The rows after the position, the highest place first. */
function pageOf<View>(
  rows: readonly Row<View>[],
  placeOf: (row: Row<View>) => Position,
  sortKey: string,
  { limit, after }: PageRequest,
): RowPage<View> {
  const rank = (place: Position): string => `${place[sortKey]}#${place['stream']}`;
  const inOrder = rows.toSorted((left, right) => (rank(placeOf(left)) < rank(placeOf(right)) ? 1 : -1));
  const rest = after ? inOrder.filter((row) => rank(placeOf(row)) < rank(after)) : inOrder;
  const page = structuredClone(rest.slice(0, limit));
  const last = page.at(-1);
  return rest.length > limit && last ? { rows: page, end: placeOf(last) } : { rows: page };
}
