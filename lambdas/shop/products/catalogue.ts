// The products on offer, with their price and what is available of them.

import type { PartFold, Projection } from '../../spine/kernel/projections/projection.ts';
import type { ComposedProjection } from '../../spine/kernel/projections/view.ts';
import { availableIn, type StockPart, skuOf, stockPart } from '../stock/stock-part.ts';
import { type ProductEvent, productEvents } from './events.ts';

export interface ProductView {
  readonly sku: string;
  readonly name: string;
  readonly unitPrice: number;
  readonly currency: string;
  /** On hand − reserved, over all stock streams. */
  readonly available: number;
}

/** Cache tag of every page of the list of products. */
export const PRODUCT_LIST_TAG = 'products';

/** Cache tag of what shows one product. */
export const productTag = (sku: string): string => `product-${sku}`;

const productPart: PartFold<ProductPart, ProductEvent> = {
  codec: productEvents,
  evolve(part, event) {
    if (event.type === 'ProductListed') return event.data;
    if (!part) throw new RangeError(`${event.type} before ProductListed in ${event.stream}`);
    return { ...part, unitPrice: event.data.unitPrice };
  },
};

export type ProductPart = Omit<ProductView, 'available'>;

export const catalogue: ComposedProjection<ProductPart, StockPart, ProductView> = {
  name: 'catalogue',
  folds: { product: productPart, stock: stockPart } as Projection<ProductPart | StockPart>['folds'],
  generation: 1,
  indexes: [],
  viewKey: (stream) => `product-${skuOf(stream)}`,
  indexKeys: () => ({}),
  cacheTags: ({ part }) => [productTag(part.sku), PRODUCT_LIST_TAG],
  compose: (product, stock) => ({ ...product, available: availableIn(stock) }),
};
