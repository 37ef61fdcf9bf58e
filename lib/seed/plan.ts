// Which orders the seed places. An order follows from its number alone, so a larger seed includes the smaller ones.
import { type Course, courseOf } from './courses.ts';
import { customers } from './customers.ts';
import { limitedEdition, products } from './products.ts';

/** Above it some products would sell out. */
export const MAX_ORDERS = 1_000;

export interface PlannedOrder {
  /** Names the order in idempotency keys: `seed-order-017`. */
  readonly key: string;
  readonly customer: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly course: Course;
}

/** @param count from 1 to MAX_ORDERS */
export const plannedOrders = (count: number): PlannedOrder[] =>
  Array.from({ length: count }, (_, index) => orderOf(index));

function orderOf(index: number): PlannedOrder {
  const random = randomFrom(index);
  const course = courseOf(index);
  return {
    key: `seed-order-${String(index + 1).padStart(3, '0')}`,
    customer: customers[Math.floor(random() * customers.length)] ?? '',
    lines: course.isTooMany ? [{ sku: limitedEdition.sku, quantity: limitedEdition.stock + 1 }] : linesFrom(random),
    course,
  };
}

/** One to four products, one to three of each. Those at the head of the list sell better. */
function linesFrom(random: () => number): PlannedOrder['lines'] {
  const count = 1 + Math.floor(random() * 4);
  const skus = Array.from({ length: count }, () => products[Math.floor(random() ** 1.5 * products.length)]?.sku ?? '');
  return [...new Set(skus)].map((sku) => ({ sku, quantity: 1 + Math.floor(random() * 3) }));
}

/** Numbers from 0 to below 1 that look random and are the same each time: Tommy Ettinger’s Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
