// The products on offer, with their price and what is available of them.
import { type ProductEvent, productEvents } from '../domain/product/events.ts';
import type { PartFold } from '../kernel/projection.ts';
import type { ComposedProjection } from '../kernel/view.ts';

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

const productPart: PartFold<ProductView, ProductEvent> = {
  codec: productEvents,
  evolve(part, event) {
    if (event.type === 'ProductListed') return { ...event.data, available: 0 };
    if (!part) throw new RangeError(`${event.type} before ProductListed in ${event.stream}`);
    if (event.type === 'ProductPriceChanged') return { ...part, unitPrice: event.data.unitPrice };
    return { ...part, available: part.available + availableChange(event) };
  },
};

export const catalogue: ComposedProjection<ProductView, never, ProductView> = {
  name: 'catalogue',
  folds: { product: productPart },
  generation: 1,
  indexes: [],
  viewKey: (stream) => stream,
  indexKeys: () => ({}),
  cacheTags: ({ part }) => [productTag(part.sku), PRODUCT_LIST_TAG],
  compose: (product) => product,
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
