// Writes the rows of one slice of a sweep's page: those that do not stand already, each on the condition that its version does not
// move back.
import pMap from 'p-map';
import { UnreadableEventError } from '../../kernel/errors.ts';
import type { EventStore } from '../../kernel/event-store.ts';
import type { Projection, Row } from '../../kernel/projections/projection.ts';
import { foldOne, foldPage } from '../../kernel/sweep/fold-page.ts';
import type { LeftOut, Swept } from '../../kernel/sweep/rebuild-job.ts';
import type { Slice } from '../../kernel/sweep/slices.ts';
import { isAsFar, RefusedRowError, type RowMark, type SweptTable } from '../../kernel/sweep/swept-table.ts';
import { logger } from '../../runtime/logger.ts';

export interface PagePorts<Part> {
  readonly store: Pick<EventStore, 'readForward'>;
  readonly table: SweptTable<Part>;
}

export interface SweptPage<Part> {
  readonly counts: Omit<Required<Swept>, 'units'>;
  /** The row of the last stream, which the next slice may go on with. */
  readonly open: Row<Part> | undefined;
}

/** Rows that are written at once; the client has 100 sockets. */
const PARALLEL_WRITES = 64;

/** @param open the row that the slice before ended with */
export async function sweepPage<Part>(
  ports: PagePorts<Part>,
  projection: Projection<Part>,
  slice: Pick<Slice, 'commits' | 'unreadable'>,
  open: Row<Part> | undefined,
): Promise<SweptPage<Part>> {
  const folded = foldPage(projection, slice, open);
  const marks = await ports.table.marks([...folded.rows.map(({ stream }) => stream), ...folded.fromStore]);
  const tasks = [
    ...folded.rows.map((row) => orLeftOut(row.stream, () => bringUp(ports, projection, row, marks.get(row.stream)))),
    ...folded.fromStore.map((stream) =>
      orLeftOut(stream, () => foldFromStore(ports, projection, stream, marks.get(stream))),
    ),
  ];
  const outcomes = await pMap(tasks, (task) => task(), { concurrency: PARALLEL_WRITES });
  const leftOut = [
    ...folded.unreadable.map(({ stream, error }) => leaveOut(stream, error)),
    ...outcomes.filter((outcome) => typeof outcome !== 'string'),
  ];
  return {
    counts: {
      events: slice.commits.reduce((sum, { events }) => sum + events.length, 0),
      streams: tasks.length + folded.unreadable.length,
      written: outcomes.filter((outcome) => outcome === 'written').length,
      unreadable: leftOut.length,
      leftOut,
    },
    open: folded.open,
  };
}

type Outcome = 'written' | 'stands';

const orLeftOut = (stream: string, write: () => Promise<Outcome>) => async (): Promise<Outcome | LeftOut> => {
  try {
    return await write();
  } catch (error) {
    if (error instanceof UnreadableEventError || error instanceof RefusedRowError) return leaveOut(stream, error);
    throw error;
  }
};

async function bringUp<Part>(
  ports: PagePorts<Part>,
  projection: Projection<Part>,
  row: Row<Part>,
  mark: RowMark | undefined,
): Promise<Outcome> {
  const keys = indexKeysOf(projection, row);
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
  let row: Row<Part> | undefined;
  for await (const commit of store.readForward(stream, 0)) row = foldOne(projection, row, commit);
  if (row === undefined) return 'stands';
  const keys = indexKeysOf(projection, row);
  if (isAsFar(mark, row, keys)) return 'stands';
  return (await table.rewrite(row, keys)) === 'written' ? 'written' : 'stands';
}

function indexKeysOf<Part>(
  projection: Projection<Part>,
  { stream, part }: Row<Part>,
): Readonly<Record<string, string>> {
  try {
    return projection.indexKeys(part);
  } catch (error) {
    throw new UnreadableEventError(`The index keys of ${stream} cannot be made: ${String(error)}`, { cause: error });
  }
}

function leaveOut(stream: string, error: UnreadableEventError | RefusedRowError): LeftOut {
  logger.error('A sweep left out a stream that this code cannot read, or whose row the table refuses', {
    stream,
    error,
  });
  return { stream, reason: error.message };
}
