// What can happen to a product. Persisted: a change needs a new schema version and an upcaster.
import * as z from 'zod';
import { type EventOf, eventCodec } from '../../kernel/event-codec.ts';
import { currency, minorUnits, quantity, sku } from '../values.ts';

const reservation = z.strictObject({ orderId: z.string(), quantity });

const definitions = {
  ProductListed: {
    schemaVersion: '1.0.0',
    data: z.strictObject({ sku, name: z.string(), unitPrice: minorUnits, currency }),
  },
  ProductPriceChanged: { schemaVersion: '1.0.0', data: z.strictObject({ unitPrice: minorUnits }) },
  StockReceived: { schemaVersion: '1.0.0', data: z.strictObject({ quantity: z.int().min(1) }) },
  StockReserved: { schemaVersion: '1.0.0', data: reservation },
  StockReleased: { schemaVersion: '1.0.0', data: reservation },
  /** Nothing was reserved for the order, and nothing may be from here on: a reservation on its way comes too late. */
  ReservationBarred: { schemaVersion: '1.0.0', data: z.strictObject({ orderId: z.string() }) },
  StockShipped: { schemaVersion: '1.0.0', data: reservation },
} as const;

export const productEvents = eventCodec(definitions);
export type ProductEvent = EventOf<typeof definitions>;
