// Whether stock is as it must be after what a test has done.
import { expect } from 'vitest';
import type { ApiClient } from './api-client.ts';
import type { CloudEventBody, ProductBody } from './contract-bodies.ts';
import { eventName, storyOf } from './order-outcome.ts';
import type { PlacedOrder } from './shop.ts';

/** What the test knows of a product, counted by itself. */
export interface ExpectedStock {
  readonly received: number;
  /** @default 0 */
  readonly shipped?: number;
  /** @default 0 */
  readonly reserved?: number;
}

/**
 * Expects of each product that available = received − shipped − reserved, and that the stories of the orders book just that.
 * @param orders all that have the products in their lines
 * @param products by sku
 */
export async function expectStock(
  staff: ApiClient,
  orders: readonly PlacedOrder[],
  products: Readonly<Record<string, ExpectedStock>>,
): Promise<void> {
  const events = (await Promise.all(orders.map((order) => storyOf(staff, order)))).flat();
  for (const [sku, { received, shipped = 0, reserved = 0 }] of Object.entries(products)) {
    const { body } = await staff.get<ProductBody>(`/products/${sku}`);
    const { available } = body;
    expect({ sku, available, ...bookings(events, sku) }).toEqual({
      sku,
      available: received - shipped - reserved,
      shipped,
      reserved,
    });
  }
}

function bookings(events: readonly CloudEventBody[], sku: string): { shipped: number; reserved: number } {
  let shipped = 0;
  let reserved = 0;
  for (const event of events.filter(({ subject }) => subject.split('.')[0] === `stock-${sku}`)) {
    const { quantity = 0 } = event.data as { readonly quantity?: number };
    const name = eventName(event);
    if (name === 'StockReserved') reserved += quantity;
    if (name === 'StockReleased' || name === 'StockShipped') reserved -= quantity;
    if (name === 'StockShipped') shipped += quantity;
  }
  return { shipped, reserved };
}
