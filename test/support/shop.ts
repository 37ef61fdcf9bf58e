// What most outside tests start from: a product on offer, an order placed.
import { ulid } from 'ulid';
import { expect } from 'vitest';
import type { Answer, ApiClient } from './api-client.ts';
import type { OrderChanged, ProductChanged } from './contract-bodies.ts';

/** A sku that no other test has. */
export const newSku = (): string => `SKU-${ulid()}`;

export interface ListedProduct {
  readonly sku: string;
  readonly name: string;
  /** In minor units. */
  readonly unitPrice: number;
  readonly currency: string;
}

/** Puts a product of its own on offer. */
export async function listProduct(staff: ApiClient, given: Partial<ListedProduct> = {}): Promise<ListedProduct> {
  const product = { sku: newSku(), name: 'Walnut desk', unitPrice: 12_500, currency: 'EUR', ...given };
  const answer = await staff.post<ProductChanged>('/products', product);
  expect(answer).toMatchObject({ status: 201, body: { sku: product.sku, version: 1 } });
  return product;
}

export interface Line {
  readonly sku: string;
  readonly quantity: number;
}

export const orderOf = (...lines: readonly Line[]) => ({ lines, paymentToken: 'tok_ok' });

export interface PlacedOrder {
  readonly orderId: string;
  /** `/orders/<id>` */
  readonly path: string;
  /** Query parameter that asks for at least this order. */
  readonly consistentWith: string;
}

/** Places an order of one line. @throws AssertionError when it is not acknowledged */
export async function placeOrder(customer: ApiClient, { sku }: Pick<ListedProduct, 'sku'>, quantity = 1) {
  const answer = await customer.post<OrderChanged>('/orders', orderOf({ sku, quantity }));
  expect(answer.status).toBe(201);
  return placedOrder(answer);
}

export const placedOrder = ({ body: { orderId }, ...answer }: Answer<OrderChanged>): PlacedOrder => ({
  orderId,
  path: `/orders/${orderId}`,
  consistentWith: consistentWith(answer),
});

/** The query parameter that carries a command's consistency token on to a query. */
export const consistentWith = ({ headers }: Pick<Answer, 'headers'>): string =>
  `consistentWith=${encodeURIComponent(headers.get('consistency-token') ?? '')}`;
