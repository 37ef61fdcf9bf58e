// A customer's orders, newest first. The index is eventually consistent, so the rows that the caller's tokens name are laid
// over its answer: a reader finds its own write in the list, in its place.
import type { PagedReadTable, Position } from '../../adapters/dynamodb/read-table.ts';
import { getCustomerOrders } from '../../api/order-queries.ts';
import type { Row } from '../../kernel/projection.ts';
import { byCustomer, customerTag, type OrderSummary, placedSortKey } from '../../read-models/customer-orders.ts';
import type { Caching } from '../../runtime/http/caching.ts';
import type { Authenticate } from '../../runtime/http/caller.ts';
import { callerEndpoint, type Endpoint } from '../../runtime/http/endpoint.ts';
import { notFound } from '../../runtime/http/problem.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { listResponse } from './list-response.ts';
import { checkReached, inCurrentGeneration, type ReadModel, rowsOfTokens } from './read-model.ts';

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
    const after = decodeCursor(list, query.cursor);
    const isWanted = ({ view }: OrderRow) =>
      view.customerId === customerId && (query.status === undefined || view.status === query.status);

    const fresh = await rowsOfTokens(model, query.consistentWith);
    for (const row of fresh) if (row.view.customerId === customerId) checkReached(row, query.consistentWith);
    const most = query.limit + fresh.length + 1;
    const indexed = await wantedRows(model, customerId, most, after, isWanted);
    const rows = overlay(indexed, fresh.filter(isWanted), fresh, after);

    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const nextCursor = rows.length > query.limit && last ? encodeCursor(list, positionOf(last)) : undefined;
    const orders = page.map(({ view: { customerId: _, ...summary }, version }) => ({ ...summary, version }));
    const body = { orders, ...(nextCursor && { nextCursor }) };
    const cacheHeaders = caching.current(caller, [customerTag(customerId), model.projection.name]);
    return listResponse(body, cacheHeaders, headers['if-none-match']);
  });
}

/** Reads pages of the index until enough rows are wanted or there are no more. */
async function wantedRows(
  model: ReadModel<OrderSummary>,
  customerId: string,
  most: number,
  after: Position | undefined,
  isWanted: (row: OrderRow) => boolean,
): Promise<OrderRow[]> {
  const rows: OrderRow[] = [];
  let position = after;
  do {
    const page: Awaited<ReturnType<PagedReadTable<OrderSummary>['query']>> = await model.table.query(
      byCustomer,
      customerId,
      { limit: most, after: position },
    );
    rows.push(...(await inCurrentGeneration(model, page.rows)).filter(isWanted));
    position = page.end;
  } while (position && rows.length < most);
  return rows;
}

/** The indexed rows with the fresh ones in place of what the index has of them, newest first. */
function overlay(
  indexed: readonly OrderRow[],
  wantedFresh: readonly OrderRow[],
  fresh: readonly OrderRow[],
  after: Position | undefined,
): OrderRow[] {
  const replaced = new Set(fresh.map(({ stream }) => stream));
  const start = after?.[byCustomer.sortKey];
  const inRange = wantedFresh.filter(({ view }) => start === undefined || placedSortKey(view) < start);
  const rows = [...indexed.filter(({ stream }) => !replaced.has(stream)), ...inRange];
  return rows.sort((left, right) => (placedSortKey(left.view) < placedSortKey(right.view) ? 1 : -1));
}

const positionOf = ({ stream, view }: OrderRow): Position => ({
  stream,
  [byCustomer.partitionKey]: view.customerId,
  [byCustomer.sortKey]: placedSortKey(view),
});
