// A customer's orders, newest first. The index is eventually consistent, so the rows that the caller's tokens name are laid
// over its answer: a reader finds its own write in the list, in its place. A status has no index of its own, so under a rare one a
// page may end before it is full: see docs/adr/0025.

import { readTableKey } from '../../spine/bindings/tables.ts';
import { type Caching, keptIf } from '../../spine/http/caching/caching.ts';
import { callerEndpoint, type Endpoint } from '../../spine/http/endpoint.ts';
import { notFound } from '../../spine/http/problem.ts';
import { decodeCursor, encodeCursor } from '../../spine/http/queries/cursor.ts';
import { listResponse } from '../../spine/http/queries/list-response.ts';
import {
  type CurrentRows,
  checkReached,
  inCurrentGeneration,
  type ReadModel,
  rowsOfTokens,
} from '../../spine/http/queries/read-model.ts';
import type { Authenticate } from '../../spine/http/request/caller.ts';
import type { Row } from '../../spine/kernel/projections/projection.ts';
import type { Position, RowPage } from '../../spine/kernel/projections/read-table.ts';
import { byCustomer, customerOrders, customerTag, type OrderSummary, placedSortKey } from './customer-orders.ts';
import { getCustomerOrders } from './query-operations.ts';

type OrderRow = Row<OrderSummary>;

export function customerOrdersQuery(
  model: ReadModel<OrderSummary>,
  authenticate: Authenticate,
  caching: Caching,
): Endpoint {
  return callerEndpoint(getCustomerOrders, authenticate, async ({ path, query, caller, headers }) => {
    const customerId = path.customerId === 'me' ? caller.customerId : path.customerId;
    if (!caller.isStaff && customerId !== caller.customerId) throw notFound(`There is no customer ${customerId}.`);

    const list = JSON.stringify(['customer-orders', customerId, query.status]);
    const after = startOf(decodeCursor(list, query.cursor, positionsOf(customerId)));
    const isWanted = ({ part }: OrderRow) =>
      part.customerId === customerId && (query.status === undefined || part.status === query.status);

    const fresh = await rowsOfTokens(model, query.consistentWith);
    for (const row of fresh) if (row.part.customerId === customerId) checkReached(row, query.consistentWith);
    const most = query.limit + fresh.length + 1;
    const indexed = await wantedRows(model, customerId, most, after, isWanted);
    const rows = overlay(indexed, fresh.filter(isWanted), fresh, after);

    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const end = rows.length > query.limit && last ? positionOf(last) : indexed.end;
    const orders = page.map(({ part: { customerId: _, ...summary }, version }) => ({ ...summary, version }));
    const body = { orders, ...(end && { nextCursor: encodeCursor(list, cursorOf(end)) }) };
    const tags = [customerTag(customerId), model.projection.name];
    const cacheHeaders = keptIf(indexed.isWhole, caching.current(caller, tags));
    return listResponse(body, cacheHeaders, headers['if-none-match']);
  });
}

/** How many rows a filter goes through before the page ends, full or not. */
export const ROWS_READ_BEYOND_A_PAGE = 1_000;

/**
 * The matching rows that at most two `Query` calls find. The first reads one page; if a filter drops too many of its rows, the
 * second reads a thousand more. `end` is where reading stopped; absent when there are no more rows.
 */
async function wantedRows(
  model: ReadModel<OrderSummary>,
  customerId: string,
  most: number,
  after: Position | undefined,
  isWanted: (row: OrderRow) => boolean,
): Promise<RowPage<OrderSummary> & CurrentRows<OrderSummary>> {
  const wanted: OrderRow[] = [];
  let position = after;
  for (const limit of [most, ROWS_READ_BEYOND_A_PAGE]) {
    const page: RowPage<OrderSummary> = await model.table.query(byCustomer, customerId, { limit, after: position });
    wanted.push(...page.rows.filter(isWanted));
    position = page.end;
    if (!position || wanted.length >= most) break;
  }
  const rows = wanted.slice(0, most);
  const last = rows.at(-1);
  const end = wanted.length > most && last ? positionOf(last) : position;
  const current = await inCurrentGeneration(model, rows);
  return { rows: current.rows.filter(isWanted), isWhole: current.isWhole, ...(end && { end }) };
}

/** The indexed rows, with fresh rows in place of outdated ones; newest first, as far as the index was read. */
function overlay(
  indexed: RowPage<OrderSummary>,
  wantedFresh: readonly OrderRow[],
  fresh: readonly OrderRow[],
  after: Position | undefined,
): OrderRow[] {
  const replaced = new Set(fresh.map(({ stream }) => stream));
  const start = after?.[byCustomer.sortKey];
  const end = indexed.end?.[byCustomer.sortKey];
  const inRange = wantedFresh.filter(({ part }) => {
    const key = placedSortKey(part);
    return (start === undefined || key < start) && (end === undefined || key >= end);
  });
  const rows = [...indexed.rows.filter(({ stream }) => !replaced.has(stream)), ...inRange];
  return rows.sort((left, right) => (placedSortKey(left.part) < placedSortKey(right.part) ? 1 : -1));
}

const positionsOf = (customerId: string) => ({
  stream: undefined,
  [byCustomer.partitionKey]: customerId,
  [byCustomer.sortKey]: undefined,
});

/** A cursor leaves out the view's key, which follows from the stream. */
const startOf = (cursor: Position | undefined): Position | undefined =>
  cursor && { ...cursor, [readTableKey.partition]: customerOrders.viewKey(cursor['stream'] ?? '') };

const cursorOf = ({ [readTableKey.partition]: _, ...cursor }: Position): Position => cursor;

const positionOf = ({ stream, part }: OrderRow): Position => ({
  [readTableKey.partition]: customerOrders.viewKey(stream),
  stream,
  [byCustomer.partitionKey]: part.customerId,
  [byCustomer.sortKey]: placedSortKey(part),
});
