// One order as its owner and staff see it.

import type { RecordedEvent } from '../../spine/kernel/envelope.ts';
import type { PartFold, Projection } from '../../spine/kernel/projections/projection.ts';
import { type OrderEvent, type OrderLine, orderEvents } from './events.ts';

export interface OrderView {
  readonly orderId: string;
  readonly customerId: string;
  readonly status: 'placed' | 'confirmed' | 'rejected' | 'cancelled' | 'shipped' | 'delivered';
  readonly lines: readonly OrderLine[];
  readonly total: number;
  readonly currency: string;
  readonly placedAt: string;
  readonly updatedAt: string;
  readonly rejection?: { readonly code: string; readonly sku?: string | undefined };
  readonly cancellation?: { readonly reason: string };
  readonly payment?: { readonly status: 'captured' | 'refunded'; readonly transactionId: string };
  readonly shipment?: { readonly carrier: string; readonly trackingNumber: string };
}

const order: PartFold<OrderView, OrderEvent> = {
  codec: orderEvents,
  evolve(part, event) {
    if (event.type === 'OrderPlaced') return placed(event);
    if (!part) throw new RangeError(`${event.type} before OrderPlaced in ${event.stream}`);
    return { ...part, ...change(event), updatedAt: event.time };
  },
};

export const orderDetail: Projection<OrderView> = {
  name: 'order-detail',
  folds: { order },
  generation: 1,
  indexes: [],
  viewKey: (stream) => stream,
  indexKeys: () => ({}),
  cacheTags: ({ stream }) => [stream],
};

function placed({ data, time }: Extract<RecordedEvent<OrderEvent>, { type: 'OrderPlaced' }>): OrderView {
  const { paymentToken: _, ...shown } = data;
  return { ...shown, status: 'placed', placedAt: time, updatedAt: time };
}

function change(event: Exclude<OrderEvent, { type: 'OrderPlaced' }>): Partial<OrderView> {
  switch (event.type) {
    case 'OrderConfirmed':
      return { status: 'confirmed', payment: { status: 'captured', transactionId: event.data.transactionId } };
    case 'OrderRejected':
      return { status: 'rejected', rejection: event.data };
    case 'OrderCancelled':
      return { status: 'cancelled', cancellation: { reason: event.data.reason } };
    case 'OrderShipped':
      return { status: 'shipped', shipment: event.data };
    case 'OrderDelivered':
      return { status: 'delivered' };
    case 'OrderRefunded':
      return { payment: { status: 'refunded', transactionId: event.data.transactionId } };
    default:
      return event satisfies never;
  }
}
