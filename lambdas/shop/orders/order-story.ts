// An order's story: what happened in its own stream, its payment's, its fulfilment's and its notifications', and what the
// fulfilment did to stock, each event after its cause. The fulfilment's events name the stock events by their ids, so
// the story needs no index by correlation, which every command would have to write to. No edge keeps it: it spans streams
// that have no row, so nothing would tell when it changes.

import { NOT_SHARED } from '../../spine/http/caching/caching.ts';
import { callerEndpoint, type Endpoint } from '../../spine/http/endpoint.ts';
import { inCausalOrder } from '../../spine/http/queries/causal-order.ts';
import { toCloudEvent } from '../../spine/http/queries/cloud-events.ts';
import { listResponse } from '../../spine/http/queries/list-response.ts';
import type { Authenticate } from '../../spine/http/request/caller.ts';
import { type DomainEvent, streamOf } from '../../spine/kernel/envelope.ts';
import type { EventCodec } from '../../spine/kernel/event-codec.ts';
import type { EventName, EventStore } from '../../spine/kernel/event-store.ts';
import { notificationEvents } from '../../spine/notifications/events.ts';
import { fulfilmentEvents } from '../fulfilment/events.ts';
import { paymentEvents } from '../payments/events.ts';
import { type StockEvent, stockEvents } from '../stock/events.ts';
import { orderEvents } from './events.ts';
import { ownedBy } from './own-order.ts';
import { getOrderStory } from './query-operations.ts';

type AnyCodec = Pick<EventCodec<DomainEvent>, 'decode' | 'redact'>;

export function orderStoryQuery(store: EventStore, authenticate: Authenticate): Endpoint {
  const eventsOf = async (category: string, orderId: string, codec: AnyCodec) => {
    const commits = await Array.fromAsync(store.readForward(streamOf(category, orderId), 0));
    return commits.flatMap((commit) => codec.decode(commit)).map(codec.redact);
  };
  const stockEventsNamed = async (ids: readonly string[], orderId: string) => {
    const commits = await store.commitsHolding(ids.map(nameOf));
    const events = commits.flatMap((commit) => stockEvents.decode(commit));
    return events.filter((event) => concerns(event, orderId)).map(stockEvents.redact);
  };

  return callerEndpoint(getOrderStory, authenticate, async ({ path: { orderId }, caller, headers }) => {
    const order = await eventsOf('order', orderId, orderEvents);
    ownedBy(caller, orderId, order);
    const [fulfilment, payment, notification] = await Promise.all([
      eventsOf('fulfilment', orderId, fulfilmentEvents),
      eventsOf('payment', orderId, paymentEvents),
      eventsOf('notification', orderId, notificationEvents),
    ]);
    const causes = new Set(fulfilment.map(({ causationId }) => causationId));
    const ofStock = [...causes].filter((id) => id.startsWith('stock-'));
    const stock = await stockEventsNamed(ofStock, orderId);
    const story = inCausalOrder([...order, ...fulfilment, ...payment, ...notification, ...stock]);
    return listResponse({ events: story.map(toCloudEvent) }, NOT_SHARED, headers);
  });
}

/** `stock-ANVIL.2@7` */
function nameOf(id: string): EventName {
  const at = id.lastIndexOf('@');
  return { stream: id.slice(0, at), version: Number(id.slice(at + 1)) };
}

/** A stock stream has events of many orders, and each customer may see only their own. */
const concerns = ({ data }: StockEvent, orderId: string): boolean => 'orderId' in data && data.orderId === orderId;
