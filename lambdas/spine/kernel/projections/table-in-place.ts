// A read table that takes the place of one whose rows lie under other keys. Until a rebuild has filled it, everything is read from the
// one of before, which its own projector keeps up. From then on the further of both rows is read: each table hears of events by a
// queue of its own, and no read may go back because the new one's is a moment later.
import type { Projection, ReplacedTable, Row } from './projection.ts';
import type { PagedReadTable, PageRequest, Position, RowPage } from './read-table.ts';

export interface TableInPlace<Part> {
  readonly projection: Pick<Projection<Part>, 'viewKey'>;
  readonly table: PagedReadTable<Part>;
  readonly before: { readonly table: PagedReadTable<Part>; readonly replaced: ReplacedTable };
  /** Whether a rebuild has filled the table; may be some seconds behind. */
  isFull(): Promise<boolean>;
  /** Name of the attribute that is the partition key of both: the view's key. */
  readonly keyAttribute: string;
}

export function tableInPlace<Part>({
  projection: { viewKey },
  table,
  before: { table: old, replaced },
  isFull,
  keyAttribute,
}: TableInPlace<Part>): PagedReadTable<Part> {
  const viewsBefore = (key: string): readonly string[] => replaced.viewsOf?.(key) ?? [key];
  const rowsBefore = async (key: string): Promise<Row<Part>[]> => {
    const views = await Promise.all(viewsBefore(key).map((view) => old.ofView(view)));
    return views.flat().filter(({ stream }) => viewKey(stream) === key);
  };
  /** The same place by the keys of the other table. A position without the stream of a row is behind all rows of its view. */
  const moved = (
    position: Position | undefined,
    keyOf: (stream: string) => string,
    keyOfView: (view: string) => string,
  ) => {
    if (position === undefined) return undefined;
    const { stream = '', [keyAttribute]: view = '' } = position;
    return { ...position, [keyAttribute]: stream.includes('-') ? keyOf(stream) : keyOfView(view) };
  };
  const pageBefore = async (
    { limit, after }: PageRequest,
    read: (request: PageRequest) => Promise<RowPage<Part>>,
  ): Promise<RowPage<Part>> => {
    const start = moved(after, replaced.viewKey, (view) => viewsBefore(view)[0] ?? view);
    const { rows, end } = await read({ limit, after: start });
    const next = moved(end, viewKey, (view) => view);
    return next ? { rows, end: next } : { rows };
  };
  return {
    async get(stream) {
      if (!(await isFull())) return old.get(stream);
      return further(...(await Promise.all([table.get(stream), old.get(stream)])));
    },
    /** Where it is read from: whoever caught a row up is not shown an older one next. */
    put: async (row, indexKeys) => ((await isFull()) ? table : old).put(row, indexKeys),
    async ofView(key) {
      if (!(await isFull())) return inOrder(await rowsBefore(key));
      const rows = new Map<string, Row<Part>>();
      for (const row of [...(await table.ofView(key)), ...(await rowsBefore(key))]) {
        rows.set(row.stream, further(rows.get(row.stream), row) ?? row);
      }
      return inOrder([...rows.values()]);
    },
    async scan(request) {
      if (await isFull()) return table.scan(request);
      return pageBefore(request, (moved) => old.scan(moved));
    },
    async query(index, partition, request) {
      if (await isFull()) return table.query(index, partition, request);
      return pageBefore(request, (moved) => old.query(index, partition, moved));
    },
  };
}

const further = <Part>(one: Row<Part> | undefined, other: Row<Part> | undefined): Row<Part> | undefined =>
  (other?.version ?? 0) > (one?.version ?? 0) ? other : one;

const inOrder = <Part>(rows: readonly Row<Part>[]): Row<Part>[] =>
  rows.toSorted((one, other) => (one.stream < other.stream ? -1 : 1));
