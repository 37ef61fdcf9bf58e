// What can happen to an order. Persisted: a change needs a new schema version and an upcaster.
import * as z from 'zod';
import { type EventOf, eventCodec } from '../../spine/kernel/event-codec.ts';
import { currency, minorUnits, quantity, sku } from '../values.ts';

const line = z.strictObject({ sku, name: z.string(), quantity, unitPrice: minorUnits });
export type OrderLine = z.infer<typeof line>;

const definitions = {
  OrderPlaced: {
    schemaVersion: '1.0.0',
    data: z.strictObject({
      orderId: z.string(),
      customerId: z.string(),
      lines: z.array(line).min(1),
      total: minorUnits,
      currency,
      paymentToken: z.string(),
    }),
    personal: z.strictObject({ email: z.string() }),
    secret: ['paymentToken'],
  },
  OrderConfirmed: { schemaVersion: '1.0.0', data: z.strictObject({ transactionId: z.string() }) },
  OrderRejected: { schemaVersion: '1.0.0', data: z.strictObject({ code: z.string(), sku: sku.optional() }) },
  OrderCancelled: { schemaVersion: '1.0.0', data: z.strictObject({ reason: z.string() }) },
  OrderShipped: {
    schemaVersion: '1.0.0',
    data: z.strictObject({ carrier: z.string(), trackingNumber: z.string() }),
  },
  /** The payment of an order that ended without delivery was refunded. */
  OrderRefunded: { schemaVersion: '1.0.0', data: z.strictObject({ transactionId: z.string() }) },
  OrderDelivered: { schemaVersion: '1.0.0', data: z.strictObject({}) },
} as const;

export const orderEvents = eventCodec(definitions);
export type OrderEvent = EventOf<typeof definitions>;
