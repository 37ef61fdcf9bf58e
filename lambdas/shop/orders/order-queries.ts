// Queries on one order: as it is, as it was, and what happened to it.

import type { Caching } from '../../spine/http/caching/caching.ts';
import { callerEndpoint, type Endpoint } from '../../spine/http/endpoint.ts';
import { toCloudEvent } from '../../spine/http/queries/cloud-events.ts';
import { checkReached, type ReadModel, rowOf } from '../../spine/http/queries/read-model.ts';
import type { Authenticate, Caller } from '../../spine/http/request/caller.ts';
import { conditionalResponse, versionValidators } from '../../spine/http/response.ts';
import { type Commit, streamOf } from '../../spine/kernel/envelope.ts';
import type { Row } from '../../spine/kernel/projections/projection.ts';
import { type PointInStream, partAt } from '../../spine/kernel/time-travel.ts';
import { orderEvents } from './events.ts';
import type { OrderView } from './order-detail.ts';
import { noSuchOrder } from './own-order.ts';
import { getOrder, getOrderEvents } from './query-operations.ts';

export function orderQueries(model: ReadModel<OrderView>, authenticate: Authenticate, caching: Caching): Endpoint[] {
  const tagsOf = (row: Row<OrderView>) => [...model.projection.cacheTags(row), model.projection.name];
  return [
    callerEndpoint(getOrder, authenticate, async ({ path, query, caller, headers }) => {
      const { version, asOf, consistentWith } = query;
      const stream = streamOfOrder(path.orderId);
      const point = version === undefined ? asOf && { asOf } : { version };
      const found = point
        ? pastRow(model, await commitsOf(model, stream), point)
        : await rowOf(model, stream, consistentWith);
      const row = ownOrder(found, path.orderId, caller);
      if (!point) checkReached(row, consistentWith);
      const cacheHeaders =
        version === undefined ? caching.current(caller, tagsOf(row)) : caching.past(caller, tagsOf(row));
      const body = { ...row.part, version: row.version };
      return conditionalResponse(body, versionValidators(row), cacheHeaders, headers);
    }),
    callerEndpoint(getOrderEvents, authenticate, async ({ path, caller, headers }) => {
      const commits = await commitsOf(model, streamOfOrder(path.orderId));
      const events = commits.flatMap((commit) => orderEvents.decode(commit));
      const row = ownOrder(pastRow(model, commits, { asOf: END_OF_TIME }), path.orderId, caller);
      const body = { events: events.map((event) => toCloudEvent(orderEvents.redact(event))) };
      const cacheHeaders = caching.current(caller, tagsOf(row));
      return conditionalResponse(body, versionValidators(row), cacheHeaders, headers);
    }),
  ];
}

const END_OF_TIME = '9999-12-31T23:59:59.999Z';

const streamOfOrder = (orderId: string): string => streamOf('order', orderId);

const commitsOf = ({ store }: ReadModel<OrderView>, stream: string): Promise<Commit[]> =>
  Array.fromAsync(store.readForward(stream, 0));

/** The row as the current fold would have made it then. */
function pastRow(
  { projection }: ReadModel<OrderView>,
  commits: readonly Commit[],
  point: PointInStream,
): Row<OrderView> | undefined {
  const [first] = commits;
  const past = partAt(projection, commits, point);
  return first && past && { stream: first.stream, generation: projection.generation, ...past };
}

/** @throws Problem 404 when there is none, or it is not the caller's to see */
function ownOrder(found: Row<OrderView> | undefined, orderId: string, caller: Caller): Row<OrderView> {
  if (found && (caller.isStaff || found.part.customerId === caller.customerId)) return found;
  throw noSuchOrder(orderId);
}
