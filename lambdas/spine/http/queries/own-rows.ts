// Queries of rows that belong to somebody: to their owner, and to staff, and to others as if there were none.
import type * as z from 'zod';
import type { ReadIndex, Row } from '../../kernel/projections/projection.ts';
import { type Caching, keptIf } from '../caching/caching.ts';
import { callerEndpoint, type Endpoint } from '../endpoint.ts';
import type { Operation } from '../operation.ts';
import { notFound } from '../problem.ts';
import type { Authenticate, Caller } from '../request/caller.ts';
import { conditionalResponse, versionValidators } from '../response.ts';
import type { ConsistencyToken } from './consistency.ts';
import { type PageQuery, pageOfIndex } from './index-page.ts';
import { listResponse } from './list-response.ts';
import { checkReached, type ReadModel, rowOf } from './read-model.ts';

export interface OwnRows<Part> {
  readonly model: ReadModel<Part>;
  /** Subject of the token whose bearer the row belongs to. */
  ownerOf(part: Part): string;
  readonly authenticate: Authenticate;
  readonly caching: Caching;
}

type Reading = { readonly consistentWith: readonly ConsistencyToken[] };

const maySee = ({ isStaff, customerId }: Caller, owner: string): boolean => isStaff || customerId === owner;

/** A row as answers have it. */
const shown = <Part>({ part, version }: Row<Part>) => ({ ...part, version });

/**
 * The query of one row.
 * @param operation its success is the part with the row's `version`; one of its problems is `not_found`
 * @param streamOf the stream that the path names
 * @example ownRowEndpoint(getLoan, ({ loanId }) => streamOf('loan', loanId), own)
 */
export const ownRowEndpoint = <Part, Path extends z.ZodType, Query extends z.ZodType<Reading>>(
  operation: Operation<Path, Query>,
  streamOf: (path: z.output<Path>) => string,
  { model, ownerOf, authenticate, caching }: OwnRows<Part>,
): Endpoint =>
  callerEndpoint(operation, authenticate, async ({ path, query, caller, headers }) => {
    const row = await rowOf(model, streamOf(path), query.consistentWith);
    if (row === undefined || !maySee(caller, ownerOf(row.part))) throw notFound('There is none that you may see.');
    checkReached(row, query.consistentWith);
    const { cacheTags, name } = model.projection;
    const kept = caching.current(caller, [...cacheTags(row), name]);
    return conditionalResponse(shown(row), versionValidators(row), kept, headers);
  });

export interface OwnList {
  /** Its partition key is the owner. */
  readonly index: ReadIndex;
  /** Name of the list in the answer: `loans`. */
  readonly as: string;
  /** Cache tag of an owner's lists, one of the rows' own cache tags. */
  tagOf(owner: string): string;
}

/**
 * The query of a page of somebody's rows.
 * @param operation its success is the list and, but for the last page, `nextCursor`
 * @param ownerIn whose rows the path names; `me` is the caller
 * @example ownListEndpoint(getReaderLoans, ({ readerId }) => readerId, { index: byReader, as: 'loans', tagOf: readerTag }, own)
 */
export const ownListEndpoint = <Part, Path extends z.ZodType, Query extends z.ZodType<PageQuery>>(
  operation: Operation<Path, Query>,
  ownerIn: (path: z.output<Path>) => string,
  { index, as, tagOf }: OwnList,
  { model, authenticate, caching }: Omit<OwnRows<Part>, 'ownerOf'>,
): Endpoint =>
  callerEndpoint(operation, authenticate, async ({ path, query, caller, headers }) => {
    const named = ownerIn(path);
    const owner = named === 'me' ? caller.customerId : named;
    if (!maySee(caller, owner)) throw notFound(`There is no ${owner} that you may see.`);
    const { rows, isWhole, ...next } = await pageOfIndex(model, { index, partition: owner }, query);
    const kept = keptIf(isWhole, caching.current(caller, [tagOf(owner), model.projection.name]));
    return listResponse({ [as]: rows.map(shown), ...next }, kept, headers);
  });
