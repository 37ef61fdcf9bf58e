// A product's state: not listed, or listed with its price and its stock. available = onHand − reserved.
import * as z from 'zod';
import type { ProductEvent } from './events.ts';

export const productState = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('unlisted') }),
  z.object({
    stage: z.literal('listed'),
    sku: z.string(),
    name: z.string(),
    unitPrice: z.int(),
    currency: z.string(),
    /** Received − shipped. */
    onHand: z.int(),
    /** Quantity by the order that it is reserved for. */
    reservations: z.record(z.string(), z.int()),
    /** The newest orders that nothing may be reserved for any more. */
    barred: z.array(z.string()),
  }),
]);

export type ProductState = z.infer<typeof productState>;
export type ListedProduct = Extract<ProductState, { stage: 'listed' }>;

export const unlisted: ProductState = { stage: 'unlisted' };

export const availableOf = ({ onHand, reservations }: ListedProduct): number =>
  Object.values(reservations).reduce((available, reserved) => available - reserved, onHand);

export function evolveProduct(state: ProductState, event: ProductEvent): ProductState {
  if (event.type === 'ProductListed')
    return { stage: 'listed', ...event.data, onHand: 0, reservations: {}, barred: [] };
  if (state.stage === 'unlisted') throw new RangeError(`${event.type} on a product that is not listed`);
  switch (event.type) {
    case 'ProductPriceChanged':
      return { ...state, unitPrice: event.data.unitPrice };
    case 'StockReceived':
      return { ...state, onHand: state.onHand + event.data.quantity };
    case 'StockReserved': {
      const { orderId, quantity } = event.data;
      return { ...state, reservations: { ...state.reservations, [orderId]: quantity } };
    }
    case 'StockReleased':
      return { ...bar(state, event.data.orderId), reservations: without(state.reservations, event.data.orderId) };
    case 'ReservationBarred':
      return bar(state, event.data.orderId);
    case 'StockShipped': {
      const { orderId, quantity } = event.data;
      return { ...state, onHand: state.onHand - quantity, reservations: without(state.reservations, orderId) };
    }
    default:
      return event satisfies never;
  }
}

/** How many are remembered: far more than can be released while one run of the process manager lasts. */
const REMEMBERED_BARS = 200;

const bar = (state: ListedProduct, orderId: string): ListedProduct => ({
  ...state,
  barred: [...state.barred, orderId].slice(-REMEMBERED_BARS),
});

function without(reservations: Readonly<Record<string, number>>, orderId: string): Record<string, number> {
  const { [orderId]: _, ...others } = reservations;
  return others;
}
