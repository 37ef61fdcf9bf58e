// A read model as queries see it: rows that are at least as far as the caller's consistency tokens, and of this code's own
// generation. A row of any other generation is folded again, even of a newer one: its view may have another shape.
import pMap from 'p-map';
import { categoryOf, eventId } from '../../kernel/envelope.ts';
import { NewerEventError } from '../../kernel/errors.ts';
import type { EventStore } from '../../kernel/event-store.ts';
import { catchUpFromStore, type ProjectionPorts } from '../../kernel/projections/catch-up.ts';
import { categoriesOf, type Projection, type Row } from '../../kernel/projections/projection.ts';
import type { PagedReadTable } from '../../kernel/projections/read-table.ts';
import type { FullMarks } from '../../kernel/sweep/full-marks.ts';
import { logger } from '../../runtime/logger.ts';
import { validationFailed } from '../problem.ts';
import type { ConsistencyToken } from './consistency.ts';

export interface ReadModel<Part> {
  readonly projection: Projection<Part>;
  readonly table: PagedReadTable<Part>;
  readonly store: EventStore;
  /** There where an index of the projection takes the place of another. */
  readonly marks?: Pick<FullMarks, 'isFull'>;
}

/**
 * How many rows a query folds at once, of the 1,000 that a page may have. The client has 50 sockets
 * (https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-configuring-maxsockets.html).
 */
export const PARALLEL_FOLDS = 20;

/** The stream's row, brought up to date first if a token asks for more than it has, or there is none and a token names it. */
export async function rowOf<Part>(
  model: ReadModel<Part>,
  stream: string,
  tokens: readonly ConsistencyToken[],
): Promise<Row<Part> | undefined> {
  const standing = await model.table.get(stream);
  if (!standing && wantedVersion(stream, tokens) === 0) return undefined;
  return freshRow(model, stream, standing, tokens);
}

/** The stored row; or the stream folded to its end, if there is no row, it is not current, or a token asks for a later version. */
export async function freshRow<Part>(
  model: ReadModel<Part>,
  stream: string,
  standing: Row<Part> | undefined,
  tokens: readonly ConsistencyToken[],
): Promise<Row<Part> | undefined> {
  const isFresh = standing && standing.version >= wantedVersion(stream, tokens) && isCurrent(model, standing);
  return isFresh ? standing : catchUpFromStore(portsOf(model), model.projection, stream, standing);
}

/** The rows of the tokens' streams that this read model has, each brought up to its token. */
export async function rowsOfTokens<Part>(
  model: ReadModel<Part>,
  tokens: readonly ConsistencyToken[],
): Promise<Row<Part>[]> {
  const own = tokens.filter(({ stream }) => isFolded(model, stream));
  const streams = [...new Set(own.map(({ stream }) => stream))];
  const rows = await Promise.all(streams.map((stream) => rowOf(model, stream, own)));
  return rows.filter((row) => row !== undefined);
}

/**
 * Refuses a token that names a version which its stream never reached. Only for rows that the caller may see: of others,
 * not even the version is theirs to know.
 * @throws Problem 400
 */
export function checkReached(
  { stream, version }: Pick<Row<unknown>, 'stream' | 'version'>,
  tokens: readonly ConsistencyToken[],
): void {
  const wanted = wantedVersion(stream, tokens);
  if (wanted <= version) return;
  const detail = `${eventId({ stream, version: wanted })} names a version that was never reached`;
  throw validationFailed([{ pointer: '/query/consistentWith', detail }]);
}

const wantedVersion = (stream: string, tokens: readonly ConsistencyToken[]): number =>
  Math.max(0, ...tokens.filter((token) => token.stream === stream).map(({ version }) => version));

export interface CurrentRows<Part> {
  readonly rows: readonly Row<Part>[];
  /** None was left out. */
  readonly isWhole: boolean;
}

/**
 * The rows, those of another generation folded anew. One whose stream only newer code can read is left out: it would take the others
 * of its list with it for as long as this code runs, after a rollback for ever. No cache may keep such a list.
 */
export async function inCurrentGeneration<Part>(
  model: ReadModel<Part>,
  rows: readonly Row<Part>[],
): Promise<CurrentRows<Part>> {
  const current = await pMap(rows, (row) => (isCurrent(model, row) ? row : foldedAnew(model, row)), {
    concurrency: PARALLEL_FOLDS,
  });
  const readable = current.filter((row) => row !== undefined);
  return { rows: readable, isWhole: readable.length === rows.length };
}

async function foldedAnew<Part>(model: ReadModel<Part>, row: Row<Part>): Promise<Row<Part> | undefined> {
  try {
    return (await catchUpFromStore(portsOf(model), model.projection, row.stream)) ?? row;
  } catch (error) {
    if (!(error instanceof NewerEventError)) throw error;
    logger.error('Left out of a list: only newer code can read it', { stream: row.stream, error });
    return undefined;
  }
}

/** Whether this code folds streams of that category; of others, newer code may have written rows. */
export const isFolded = <Part>({ projection }: ReadModel<Part>, stream: string): boolean =>
  categoriesOf(projection).includes(categoryOf(stream));

const portsOf = <Part>({ store, table }: ReadModel<Part>): ProjectionPorts<Part> => ({ store, table });

const isCurrent = <Part>({ projection }: ReadModel<Part>, row: Row<Part>): boolean =>
  row.generation === projection.generation;
