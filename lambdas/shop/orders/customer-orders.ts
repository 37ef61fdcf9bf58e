// A customer's orders, newest first: one row an order, found through the index by customer.
import { createHash } from 'node:crypto';
import type { PartFold, Projection } from '../../spine/kernel/projections/projection.ts';
import { type OrderEvent, orderEvents } from './events.ts';
import type { OrderView } from './order-detail.ts';

export type OrderSummary = Pick<OrderView, 'orderId' | 'customerId' | 'status' | 'total' | 'currency' | 'placedAt'>;

const statusAfter = {
  OrderConfirmed: 'confirmed',
  OrderRejected: 'rejected',
  OrderCancelled: 'cancelled',
  OrderShipped: 'shipped',
  OrderDelivered: 'delivered',
} as const;

export const byCustomer = { name: 'by-customer', partitionKey: 'customerId', sortKey: 'placed' } as const;

/** The orders of a customer that await payment; a row leaves the index when its order's status changes. */
export const openByCustomer = {
  name: 'open-by-customer',
  partitionKey: 'openFor',
  sortKey: byCustomer.sortKey,
  keysOnly: true,
} as const;

const summary: PartFold<OrderSummary, OrderEvent> = {
  codec: orderEvents,
  evolve(part, event) {
    if (event.type === 'OrderPlaced') {
      const { orderId, customerId, total, currency } = event.data;
      return { orderId, customerId, status: 'placed', total, currency, placedAt: event.time };
    }
    if (!part) throw new RangeError(`${event.type} before OrderPlaced in ${event.stream}`);
    return event.type === 'OrderRefunded' ? part : { ...part, status: statusAfter[event.type] };
  },
};

export const customerOrders: Projection<OrderSummary> = {
  name: 'customer-orders',
  folds: { order: summary },
  generation: 1,
  indexes: [byCustomer, openByCustomer],
  viewKey: (stream) => stream,
  indexKeys: ({ customerId, placedAt, orderId, status }) => ({
    [byCustomer.partitionKey]: customerId,
    [byCustomer.sortKey]: placedSortKey({ placedAt, orderId }),
    ...(status === 'placed' && { [openByCustomer.partitionKey]: customerId }),
  }),
  cacheTags: ({ part }) => [customerTag(part.customerId)],
};

/** Cache tag of a customer's lists: a digest, because tags must not identify people. */
export const customerTag = (customerId: string): string =>
  `customer-${createHash('sha256').update(customerId).digest('hex').slice(0, 16)}`;

/** Orders of one customer sort by the time they were placed at; the id tells two of the same millisecond apart. */
export const placedSortKey = ({ placedAt, orderId }: Pick<OrderSummary, 'placedAt' | 'orderId'>): string =>
  `${placedAt}#${orderId}`;
