// What can happen to an order's payment. Persisted: a change needs a new schema version and an upcaster.
import * as z from 'zod';
import { type EventOf, eventCodec } from '../../spine/kernel/event-codec.ts';
import { currency, minorUnits } from '../values.ts';

const definitions = {
  PaymentRequested: {
    schemaVersion: '1.0.0',
    data: z.strictObject({ orderId: z.string(), amount: minorUnits, currency, paymentToken: z.string() }),
    secret: ['paymentToken'],
  },
  /** The provider took the money, asked or unasked: it may come after the payment was abandoned. */
  PaymentCaptured: { schemaVersion: '1.0.0', data: z.strictObject({ transactionId: z.string() }) },
  PaymentDeclined: { schemaVersion: '1.0.0', data: z.strictObject({}) },
  /** The order ended without its money; what is captured from here on is given back. */
  PaymentAbandoned: { schemaVersion: '1.0.0', data: z.strictObject({}) },
  PaymentRefunded: { schemaVersion: '1.0.0', data: z.strictObject({ transactionId: z.string() }) },
  /** The provider accepted the refund and then failed to make it. An operator has to pay the customer in another way. */
  RefundFailed: { schemaVersion: '1.0.0', data: z.strictObject({ transactionId: z.string(), refundId: z.string() }) },
} as const;

export const paymentEvents = eventCodec(definitions);
export type PaymentEvent = EventOf<typeof definitions>;
