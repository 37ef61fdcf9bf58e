// A customer's orders, newest first.

import { type Caching, keptIf } from '../../spine/http/caching/caching.ts';
import { callerEndpoint, type Endpoint } from '../../spine/http/endpoint.ts';
import { notFound } from '../../spine/http/problem.ts';
import { pageOfIndex } from '../../spine/http/queries/index-page.ts';
import { listResponse } from '../../spine/http/queries/list-response.ts';
import type { ReadModel } from '../../spine/http/queries/read-model.ts';
import type { Authenticate } from '../../spine/http/request/caller.ts';
import { byCustomer, customerTag, type OrderSummary } from './customer-orders.ts';
import { getCustomerOrders } from './query-operations.ts';

export function customerOrdersQuery(
  model: ReadModel<OrderSummary>,
  authenticate: Authenticate,
  caching: Caching,
): Endpoint {
  return callerEndpoint(getCustomerOrders, authenticate, async ({ path, query, caller, headers }) => {
    const customerId = path.customerId === 'me' ? caller.customerId : path.customerId;
    if (!caller.isStaff && customerId !== caller.customerId) throw notFound(`There is no customer ${customerId}.`);
    const { status } = query;
    const filter = status && { by: status, matches: (part: OrderSummary) => part.status === status };
    const list = { index: byCustomer, partition: customerId, ...(filter && { filter }) };
    const { rows, isWhole, nextCursor } = await pageOfIndex(model, list, query);
    const orders = rows.map(({ part: { customerId: _, ...summary }, version }) => ({ ...summary, version }));
    const body = { orders, ...(nextCursor !== undefined && { nextCursor }) };
    const cacheHeaders = keptIf(isWhole, caching.current(caller, [customerTag(customerId), model.projection.name]));
    return listResponse(body, cacheHeaders, headers);
  });
}
