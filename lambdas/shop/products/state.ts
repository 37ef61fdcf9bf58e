// A product's state: not listed, or listed with its name and its price. Its stock is a boundary of its own.
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
  }),
]);

export type ProductState = z.infer<typeof productState>;

export const unlisted: ProductState = { stage: 'unlisted' };

export function evolveProduct(state: ProductState, event: ProductEvent): ProductState {
  if (event.type === 'ProductListed') return { stage: 'listed', ...event.data };
  if (state.stage === 'unlisted') throw new RangeError(`${event.type} on a product that is not listed`);
  return { ...state, unitPrice: event.data.unitPrice };
}
