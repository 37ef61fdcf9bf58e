// What the process manager has learned and done for an order. Persisted: a change needs a new schema version and an upcaster.
import * as z from 'zod';
import { type EventOf, eventCodec } from '../../spine/kernel/event-codec.ts';
import { currency, minorUnits, quantity, sku } from '../values.ts';

const nothing = z.strictObject({});
const ofLine = z.strictObject({ sku });
/** Number of one of the product's stock streams. */
const stream = z.int().min(0);
const transaction = z.strictObject({ transactionId: z.string() });

export const orderToFulfil = z.strictObject({
  orderId: z.string(),
  /** `stream`: where a line is tried first; absent for the head of its product's stock. */
  lines: z.array(z.strictObject({ sku, quantity, stream: stream.optional() })).min(1),
  total: minorUnits,
  currency,
  paymentToken: z.string(),
});

export type OrderToFulfil = z.infer<typeof orderToFulfil>;

const definitions = {
  FulfilmentStarted: { schemaVersion: '1.0.0', data: orderToFulfil, secret: ['paymentToken'] },
  /**
   * `version`: of the reservation's event in that stream. A reservation in a stream where the line is no longer tried has to be
   * released.
   */
  LineReserved: { schemaVersion: '2.0.0', data: z.strictObject({ sku, stream, version: z.int().min(1) }) },
  /** There was no room where the line was tried. It is tried in `stream` next. */
  LineMoved: { schemaVersion: '1.0.0', data: z.strictObject({ sku, stream }) },
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
  /** Nothing was reserved where the line was being tried when the order ended. */
  LineNotFound: { schemaVersion: '1.0.0', data: ofLine },
  LineReleased: { schemaVersion: '2.0.0', data: z.strictObject({ sku, stream }) },
  ConfirmationRecorded: { schemaVersion: '1.0.0', data: nothing },
  ShipmentNoted: { schemaVersion: '1.0.0', data: nothing },
  LineShipped: { schemaVersion: '1.0.0', data: ofLine },
  FulfilmentEnded: { schemaVersion: '1.0.0', data: nothing },
} as const;

export const fulfilmentEvents = eventCodec(definitions);
export type FulfilmentEvent = EventOf<typeof definitions>;
