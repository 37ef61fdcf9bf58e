// What can happen to a product. Persisted: a change needs a new schema version and an upcaster.
import * as z from 'zod';
import type { Commit } from '../../spine/kernel/envelope.ts';
import { EventspineError } from '../../spine/kernel/errors.ts';
import { type EventCodec, type EventOf, eventCodec } from '../../spine/kernel/event-codec.ts';
import { currency, minorUnits, sku } from '../values.ts';

const definitions = {
  ProductListed: {
    schemaVersion: '1.0.0',
    data: z.strictObject({ sku, name: z.string(), unitPrice: minorUnits, currency }),
  },
  ProductPriceChanged: { schemaVersion: '1.0.0', data: z.strictObject({ unitPrice: minorUnits }) },
} as const;

export type ProductEvent = EventOf<typeof definitions>;

/** A product's stream holds its stock, as it did before stock had streams of its own. */
export class FormerStockError extends EventspineError {
  readonly code = 'former_stock';
}

const FORMER: readonly string[] = [
  'StockReceived',
  'StockReserved',
  'StockReleased',
  'ReservationBarred',
  'StockShipped',
];

/** Whether the commit was written before stock had streams of its own. */
export const holdsFormerStock = ({ stream, events }: Pick<Commit, 'stream' | 'events'>): boolean =>
  stream.startsWith('product-') && events.some(({ type }) => FORMER.includes(type));

const codec = eventCodec(definitions);

/** Decodes as usual. @throws FormerStockError for a commit with stock of before */
export const productEvents: EventCodec<ProductEvent> = {
  ...codec,
  decode(commit) {
    if (!holdsFormerStock(commit)) return codec.decode(commit);
    throw new FormerStockError(
      `${commit.stream}@${commit.version} holds stock in the product's own stream, which this version does not read: start with an empty event table (on a laptop: npm start -- --fresh)`,
    );
  },
};
