// What can happen to a product's stock. Persisted: a change needs a new schema version and an upcaster.
import * as z from 'zod';
import { type EventOf, eventCodec } from '../../spine/kernel/event-codec.ts';
import { quantity } from '../values.ts';

const reservation = z.strictObject({ orderId: z.string(), quantity });
const amount = z.int().min(0);
/** Version of the head's event that began it. */
const transfer = z.int().min(1);
const stream = z.int().min(1);

const definitions = {
  StockReceived: { schemaVersion: '1.0.0', data: z.strictObject({ quantity: z.int().min(1) }) },
  StockReserved: { schemaVersion: '1.0.0', data: reservation },
  StockReleased: { schemaVersion: '1.0.0', data: reservation },
  StockShipped: { schemaVersion: '1.0.0', data: reservation },
  /** The head has taken so much from what it has free, for another stream that orders may reserve in from here on. */
  StockAllotted: { schemaVersion: '1.0.0', data: z.strictObject({ to: stream, quantity: amount }) },
  /** The head wants back what the other stream has free. */
  StockRecalled: { schemaVersion: '1.0.0', data: z.strictObject({ from: stream }) },
  /** What was allotted to this stream has arrived. */
  AllotmentTaken: { schemaVersion: '1.0.0', data: z.strictObject({ transfer, quantity: amount }) },
  /** All that this stream had free is on its way to the head. */
  StockReturned: { schemaVersion: '1.0.0', data: z.strictObject({ transfer, quantity: amount }) },
  /** The other stream has done its part, and so much has come back with it. */
  TransferSettled: { schemaVersion: '1.0.0', data: z.strictObject({ transfer, returned: amount }) },
} as const;

export const stockEvents = eventCodec(definitions);
export type StockEvent = EventOf<typeof definitions>;
