// What the process manager has learnt and done for an order. Persisted: a change needs a new schema version and an upcaster.
import * as z from 'zod';
import { type EventOf, eventCodec } from '../../kernel/event-codec.ts';
import { currency, minorUnits, quantity, sku } from '../values.ts';

const nothing = z.strictObject({});
const ofLine = z.strictObject({ sku });
const transaction = z.strictObject({ transactionId: z.string() });

export const orderToFulfil = z.strictObject({
  orderId: z.string(),
  lines: z.array(z.strictObject({ sku, quantity })).min(1),
  total: minorUnits,
  currency,
  paymentToken: z.string(),
});

const definitions = {
  FulfilmentStarted: { schemaVersion: '1.0.0', data: orderToFulfil, secret: ['paymentToken'] },
  LineReserved: { schemaVersion: '1.0.0', data: ofLine },
  LineRefused: { schemaVersion: '1.0.0', data: ofLine },
  /** The provider answers later, until the deadline at the latest. */
  PaymentAwaited: { schemaVersion: '1.0.0', data: z.strictObject({ deadline: z.string() }) },
  PaymentOverdue: { schemaVersion: '1.0.0', data: nothing },
  PaymentTaken: { schemaVersion: '1.0.0', data: transaction },
  PaymentRefused: { schemaVersion: '1.0.0', data: nothing },
  CancellationNoted: { schemaVersion: '1.0.0', data: nothing },
  /** There is nothing to give back, as far as the provider knows now. */
  PaymentClosed: { schemaVersion: '1.0.0', data: nothing },
  PaymentReturned: { schemaVersion: '1.0.0', data: transaction },
  LineReleased: { schemaVersion: '1.0.0', data: ofLine },
  ConfirmationRecorded: { schemaVersion: '1.0.0', data: nothing },
  ShipmentNoted: { schemaVersion: '1.0.0', data: nothing },
  LineShipped: { schemaVersion: '1.0.0', data: ofLine },
  FulfilmentEnded: { schemaVersion: '1.0.0', data: nothing },
} as const;

export const fulfilmentEvents = eventCodec(definitions);
export type FulfilmentEvent = EventOf<typeof definitions>;
