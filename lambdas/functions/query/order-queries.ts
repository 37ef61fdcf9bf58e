// Queries on one order: as it is, as it was, and what happened to it.
import { getOrder, getOrderEvents } from '../../api/order-queries.ts';
import type { Commit } from '../../kernel/envelope.ts';
import { type PointInStream, viewAt } from '../../kernel/time-travel.ts';
import type { OrderView } from '../../read-models/order-detail.ts';
import type { Authenticate, Caller } from '../../runtime/http/caller.ts';
import { callerEndpoint, type Endpoint } from '../../runtime/http/endpoint.ts';
import { conditionalResponse, etagOf } from '../../runtime/http/response.ts';
import { toCloudEvent } from './cloud-events.ts';
import { noSuchOrder } from './own-order.ts';
import { checkReached, type ReadModel, rowOf } from './read-model.ts';

const CURRENT = 'private, no-cache';
const PAST = 'private, max-age=31536000, immutable';

export function orderQueries(model: ReadModel<OrderView>, authenticate: Authenticate): Endpoint[] {
  return [
    callerEndpoint(getOrder, authenticate, async ({ path, query, caller, headers }) => {
      const { version, asOf, consistentWith } = query;
      const point = version === undefined ? asOf && { asOf } : { version };
      const found = point
        ? await pastView(model, path.orderId, point)
        : await rowOf(model, streamOf(path.orderId), consistentWith);
      const { view, version: at } = ownOrder(found, path.orderId, caller);
      if (!point) checkReached({ stream: streamOf(path.orderId), version: at }, consistentWith);
      const caching = { etag: etagOf(at), cacheControl: version === undefined ? CURRENT : PAST };
      return conditionalResponse({ ...view, version: at }, caching, headers['if-none-match']);
    }),
    callerEndpoint(getOrderEvents, authenticate, async ({ path, caller, headers }) => {
      const commits = await commitsOf(model, path.orderId);
      const events = commits.flatMap((commit) => model.projection.codec.decode(commit));
      const now = viewAt(model.projection, commits, { asOf: END_OF_TIME });
      const { version } = ownOrder(now, path.orderId, caller);
      const body = { events: events.map(toCloudEvent) };
      return conditionalResponse(body, { etag: etagOf(version), cacheControl: CURRENT }, headers['if-none-match']);
    }),
  ];
}

const END_OF_TIME = '9999-12-31T23:59:59.999Z';

const streamOf = (orderId: string): string => `order-${orderId}`;

const commitsOf = ({ store }: ReadModel<OrderView>, orderId: string): Promise<Commit[]> =>
  Array.fromAsync(store.readForward(streamOf(orderId), 0));

const pastView = async (model: ReadModel<OrderView>, orderId: string, point: PointInStream) =>
  viewAt(model.projection, await commitsOf(model, orderId), point);

/** @throws Problem 404 when there is none, or it is not the caller's to see */
function ownOrder<Found extends { readonly view: OrderView }>(
  found: Found | undefined,
  orderId: string,
  caller: Caller,
): Found {
  if (found && (caller.isStaff || found.view.customerId === caller.customerId)) return found;
  throw noSuchOrder(orderId);
}
