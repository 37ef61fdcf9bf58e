// The products on offer, with their price and what is available of them.
import { type ProductEvent, productEvents } from '../domain/product/events.ts';
import type { Projection } from '../kernel/projection.ts';

export interface ProductView {
  readonly sku: string;
  readonly name: string;
  readonly unitPrice: number;
  readonly currency: string;
  /** On hand − reserved. */
  readonly available: number;
}

/** Cache tag of every page of the list of products. */
export const PRODUCT_LIST_TAG = 'products';

/** Cache tag of what shows one product. */
export const productTag = (sku: string): string => `product-${sku}`;

export const catalogue: Projection<ProductView, ProductEvent> = {
  name: 'catalogue',
  categories: ['product'],
  codec: productEvents,
  generation: 1,
  indexes: [],
  indexKeys: () => ({}),
  cacheTags: ({ view }) => [productTag(view.sku), PRODUCT_LIST_TAG],
  evolve(view, event) {
    if (event.type === 'ProductListed') return { ...event.data, available: 0 };
    if (!view) throw new RangeError(`${event.type} before ProductListed in ${event.stream}`);
    if (event.type === 'ProductPriceChanged') return { ...view, unitPrice: event.data.unitPrice };
    return { ...view, available: view.available + availableChange(event) };
  },
};

function availableChange(event: Exclude<ProductEvent, { type: 'ProductListed' | 'ProductPriceChanged' }>): number {
  switch (event.type) {
    case 'StockReceived':
    case 'StockReleased':
      return event.data.quantity;
    case 'StockReserved':
      return -event.data.quantity;
    case 'StockShipped':
    case 'ReservationBarred':
      return 0;
    default:
      return event satisfies never;
  }
}
