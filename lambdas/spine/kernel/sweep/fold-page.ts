// Folds rows straight from a page of a scan. A stream that does not begin on the page, or goes on where the page before
// ended, is for the event table: the sequence in which a scan gives commits is relied on for speed, never for what a row holds.
import { type Commit, eventId, lastVersion } from '../envelope.ts';
import { UnreadableEventError } from '../errors.ts';
import { foldCommit, type Projection, type Row } from '../projections/projection.ts';
import type { ScannedPage, UnreadableItem } from './event-scan.ts';

export interface Unreadable {
  readonly stream: string;
  readonly error: UnreadableEventError;
}

export interface FoldedPage<Part> {
  /** Each as far as the page has its stream. */
  readonly rows: readonly Row<Part>[];
  /** Streams whose rows must be folded from the event table. */
  readonly fromStore: readonly string[];
  readonly unreadable: readonly Unreadable[];
  /** The row of the page's last stream, which the next page may go on with. */
  readonly open: Row<Part> | undefined;
}

/** @param open the row that the page before of the same segment ended with */
export function foldPage<Part>(
  projection: Projection<Part>,
  { commits, unreadable: items }: Pick<ScannedPage, 'commits' | 'unreadable'>,
  open: Row<Part> | undefined,
): FoldedPage<Part> {
  const rows: Row<Part>[] = [];
  const fromStore: string[] = [];
  const unreadable = new Map(items.map((item) => [item.stream, asUnreadable(item)]));
  const readable = commits.filter(({ stream }) => !unreadable.has(stream));
  for (const [stream, found] of Map.groupBy(readable, (commit) => commit.stream)) {
    const inOrder = found.toSorted((left, right) => left.version - right.version);
    let row = open?.stream === stream ? open : undefined;
    if (!followsOn(row, inOrder)) {
      fromStore.push(stream);
      continue;
    }
    try {
      for (const commit of inOrder) row = foldOne(projection, row, commit);
      if (row) rows.push(row);
    } catch (error) {
      if (!(error instanceof UnreadableEventError)) throw error;
      unreadable.set(stream, { stream, error });
    }
  }
  const last = commits.at(-1)?.stream;
  return { rows, fromStore, unreadable: [...unreadable.values()], open: rows.find(({ stream }) => stream === last) };
}

function asUnreadable({ stream, version, error }: UnreadableItem): Unreadable {
  const where = `${eventId({ stream, version })} is no commit: ${error.message}`;
  return { stream, error: new UnreadableEventError(where, { cause: error }) };
}

/** As `foldCommit`; whatever a fold throws concerns its stream alone. @throws UnreadableEventError */
export function foldOne<Part>(projection: Projection<Part>, row: Row<Part> | undefined, commit: Commit): Row<Part> {
  try {
    return foldCommit(projection, row, commit);
  } catch (error) {
    if (error instanceof UnreadableEventError) throw error;
    throw new UnreadableEventError(`${eventId(commit)} cannot be folded: ${String(error)}`, { cause: error });
  }
}

function followsOn(row: Row<unknown> | undefined, commits: readonly Commit[]): boolean {
  let next = (row?.version ?? 0) + 1;
  for (const commit of commits) {
    if (commit.version !== next) return false;
    next = lastVersion(commit) + 1;
  }
  return true;
}
