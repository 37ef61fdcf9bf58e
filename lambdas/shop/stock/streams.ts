// The streams of a product's stock: `stock-<sku>`, the head, has number 0; the others are `stock-<sku>.1`, `stock-<sku>.2`, …
// A sku has no dot.

import { streamOf } from '../../spine/kernel/envelope.ts';
export const HEAD = 0;

/** The id of the product's stock stream of that number. */
export const stockId = (sku: string, number: number): string => (number === HEAD ? sku : `${sku}.${number}`);

export const stockStream = (sku: string, number: number = HEAD): string => streamOf('stock', stockId(sku, number));
