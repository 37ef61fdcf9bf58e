// What events of other streams mean to the process.
import type { RecordedEvent } from '../../spine/kernel/envelope.ts';
import { type Hears, hearing } from '../../spine/process/hearing.ts';
import { type OrderEvent, orderEvents } from '../orders/events.ts';
import { type PaymentEvent, paymentEvents } from '../payments/events.ts';
import type { FulfilmentInput } from './decider.ts';

/** The order's events come first: a fulfilment starts with its order. */
export const hears: Hears<FulfilmentInput> = {
  order: hearing(orderEvents, inputOf),
  payment: hearing(paymentEvents, inputOf),
};

/** @returns `undefined` for an event that means nothing to the process */
export function inputOf(event: RecordedEvent<OrderEvent> | RecordedEvent<PaymentEvent>): FulfilmentInput | undefined {
  switch (event.type) {
    case 'OrderPlaced': {
      const { orderId, lines, total, currency, paymentToken } = event.data;
      const toFulfil = lines.map(({ sku, quantity }) => ({ sku, quantity }));
      return { type: 'OrderPlaced', order: { orderId, lines: toFulfil, total, currency, paymentToken } };
    }
    case 'OrderCancelled':
    case 'OrderShipped':
    case 'PaymentDeclined':
      return { type: event.type };
    case 'PaymentCaptured':
      return { type: 'PaymentCaptured', transactionId: event.data.transactionId };
    case 'OrderConfirmed':
    case 'OrderRejected':
    case 'OrderDelivered':
    case 'OrderRefunded':
    case 'PaymentRequested':
    case 'PaymentAbandoned':
    case 'PaymentRefunded':
    case 'RefundFailed':
      return undefined;
    default:
      return event satisfies never;
  }
}
