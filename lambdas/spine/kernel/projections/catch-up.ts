// The catch-up rule: messages are hints, the event table is the truth. At or below the row's version is a duplicate, the
// next is applied, a gap is filled by reading the event table. One write brings the row all the way.

import { EventspineError } from '../errors.ts';
import type { EventStore } from '../event-store.ts';
import type { Hint } from '../pipeline/bundle.ts';
import { foldCommit, type Projection, type Row } from './projection.ts';
import type { ReadTable } from './read-table.ts';

export interface ProjectionPorts<Part> {
  readonly store: Pick<EventStore, 'readForward'>;
  readonly table: ReadTable<Part>;
}

/** The event table ends before a commit that was announced. */
export class MissingCommitError extends EventspineError {
  readonly code = 'missing_commit';
}

/**
 * Brings the stream's row up to the hints, and to the end of the stream if they leave a gap. When it returns, the row that
 * stands is at least as far as the hints, whoever wrote it and in whichever generation: then they may be acknowledged.
 * @param hints at least one
 * @returns the row as this code folds it
 * @throws UnreadableEventError when an event cannot be read: the row stays where it was
 * @throws MissingCommitError
 */
export async function catchUp<Part>(
  ports: ProjectionPorts<Part>,
  projection: Projection<Part>,
  stream: string,
  hints: readonly Hint[],
): Promise<Row<Part>> {
  const row = await rowUpTo(ports, projection, stream, hints);
  const announced = Math.max(...hints.map(({ version }) => version));
  if (row && row.version >= announced) return row;
  throw new MissingCommitError(`${stream}@${announced} was announced; the event table ends at ${row?.version ?? 0}`);
}

async function rowUpTo<Part>(
  ports: ProjectionPorts<Part>,
  projection: Projection<Part>,
  stream: string,
  hints: readonly Hint[],
): Promise<Row<Part> | undefined> {
  const inOrder = hints.toSorted((left, right) => left.version - right.version);
  if (inOrder[0]?.version === 1) {
    const fromStart = await advance(ports, projection, stream, undefined, inOrder);
    if (fromStart.outcome === 'written') return fromStart.row;
  }
  const standing = await ports.table.get(stream);
  if (standing && standing.generation !== projection.generation) return catchUpFromStore(ports, projection, stream);
  return (await advance(ports, projection, stream, standing, inOrder)).row;
}

/**
 * Brings the row to the end of its stream, whatever was delivered; one of another generation is folded anew.
 * @returns the row as this code folds it; `undefined` for a stream without events
 */
export async function catchUpFromStore<Part>(
  ports: ProjectionPorts<Part>,
  projection: Projection<Part>,
  stream: string,
  standing?: Row<Part>,
): Promise<Row<Part> | undefined> {
  const usable = standing?.generation === projection.generation ? standing : undefined;
  const row = await foldForward(ports, projection, stream, usable);
  if (row && row !== usable) await ports.table.put(row, projection.indexKeys(row.part));
  return row;
}

async function advance<Part>(
  ports: ProjectionPorts<Part>,
  projection: Projection<Part>,
  stream: string,
  from: Row<Part> | undefined,
  hints: readonly Hint[],
): Promise<{ readonly row: Row<Part> | undefined; readonly outcome: 'written' | 'superseded' }> {
  let row = from;
  for (const hint of hints) {
    const next = (row?.version ?? 0) + 1;
    if (hint.version < next) continue;
    if (hint.version > next || hint.events.length === 0) {
      row = await foldForward(ports, projection, stream, row);
      break;
    }
    row = foldCommit(projection, row, hint);
  }
  if (!row || row === from) return { row, outcome: 'superseded' };
  return { row, outcome: await ports.table.put(row, projection.indexKeys(row.part)) };
}

async function foldForward<Part>(
  { store }: ProjectionPorts<Part>,
  projection: Projection<Part>,
  stream: string,
  from: Row<Part> | undefined,
): Promise<Row<Part> | undefined> {
  let row = from;
  for await (const commit of store.readForward(stream, from?.version ?? 0)) row = foldCommit(projection, row, commit);
  return row;
}
