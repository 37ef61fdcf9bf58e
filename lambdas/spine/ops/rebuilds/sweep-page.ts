// Writes the rows of one page of a sweep: those that do not stand already, each on the condition that its version does not
// move back.
import pMap from 'p-map';
import type { Commit } from '../../kernel/envelope.ts';
import { UnreadableEventError } from '../../kernel/errors.ts';
import type { EventStore } from '../../kernel/event-store.ts';
import { foldCommit, type Projection, type Row } from '../../kernel/projections/projection.ts';
import { foldPage } from '../../kernel/sweep/fold-page.ts';
import type { Swept } from '../../kernel/sweep/rebuild-job.ts';
import { isAsFar, type RowMark, type SweptTable } from '../../kernel/sweep/swept-table.ts';
import { logger } from '../../runtime/logger.ts';

export interface PagePorts<Part> {
  readonly store: Pick<EventStore, 'readForward'>;
  readonly table: SweptTable<Part>;
}

export interface SweptPage<Part> {
  readonly counts: Omit<Swept, 'units'>;
  /** The row of the page's last stream, which the next page may go on with. */
  readonly open: Row<Part> | undefined;
}

/** Rows that are written at once; the client has 100 sockets. */
const PARALLEL_WRITES = 64;

/** @param open the row that the page before ended with */
export async function sweepPage<Part>(
  ports: PagePorts<Part>,
  projection: Projection<Part>,
  commits: readonly Commit[],
  open: Row<Part> | undefined,
): Promise<SweptPage<Part>> {
  const folded = foldPage(projection, commits, open);
  const marks = await ports.table.marks([...folded.rows.map(({ stream }) => stream), ...folded.fromStore]);
  const tasks = [
    ...folded.rows.map((row) => () => bringUp(ports, projection, row, marks.get(row.stream))),
    ...folded.fromStore.map((stream) => () => foldFromStore(ports, projection, stream, marks.get(stream))),
  ];
  const outcomes = await pMap(tasks, (task) => task(), { concurrency: PARALLEL_WRITES });
  for (const { stream, error } of folded.unreadable) tellUnreadable(stream, error);
  return {
    counts: {
      events: commits.reduce((sum, { events }) => sum + events.length, 0),
      streams: tasks.length + folded.unreadable.length,
      written: outcomes.filter((outcome) => outcome === 'written').length,
      unreadable: folded.unreadable.length + outcomes.filter((outcome) => outcome === 'unreadable').length,
    },
    open: folded.open,
  };
}

type Outcome = 'written' | 'stands' | 'unreadable';

async function bringUp<Part>(
  ports: PagePorts<Part>,
  projection: Projection<Part>,
  row: Row<Part>,
  mark: RowMark | undefined,
): Promise<Outcome> {
  const keys = projection.indexKeys(row.part);
  if (isAsFar(mark, row, keys)) return 'stands';
  // The row is further than the page, and of another fold: it would refuse what the page has.
  if (mark !== undefined && mark.version > row.version) return foldFromStore(ports, projection, row.stream, mark);
  const outcome = await ports.table.rewrite(row, keys);
  return outcome === 'written' ? outcome : foldFromStore(ports, projection, row.stream, undefined);
}

/** To the end of the stream, which is further than any row of it unless a writer is at work just now: then that one's row stands. */
async function foldFromStore<Part>(
  { store, table }: PagePorts<Part>,
  projection: Projection<Part>,
  stream: string,
  mark: RowMark | undefined,
): Promise<Outcome> {
  try {
    let row: Row<Part> | undefined;
    for await (const commit of store.readForward(stream, 0)) row = foldCommit(projection, row, commit);
    if (row === undefined) return 'stands';
    const keys = projection.indexKeys(row.part);
    if (isAsFar(mark, row, keys)) return 'stands';
    return (await table.rewrite(row, keys)) === 'written' ? 'written' : 'stands';
  } catch (error) {
    if (!(error instanceof UnreadableEventError)) throw error;
    tellUnreadable(stream, error);
    return 'unreadable';
  }
}

const tellUnreadable = (stream: string, error: UnreadableEventError): void =>
  logger.error('A sweep left out a stream that this code cannot read', { stream, error });
