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

/** Puts a product of its own on offer, with that much of it in stock. */
export async function stockProduct(
  staff: ApiClient,
  quantity = 1_000,
  given: Partial<ListedProduct> = {},
): Promise<ListedProduct> {
  const product = await listProduct(staff, given);
  const answer = await staff.post<ProductChanged>(`/products/${product.sku}/stock`, { quantity });
  expect(answer).toMatchObject({ status: 200, body: { version: 1 } });
  return product;
}

export interface Line {
  readonly sku: string;
  readonly quantity: number;
}

export interface Order {
  readonly lines: readonly Line[];
  readonly paymentToken: string;
}

export const line = ({ sku }: Pick<ListedProduct, 'sku'>, quantity: number): Line => ({ sku, quantity });

/** An order that rests in `placed`, provided that there is stock for it: the payment provider never answers by itself. */
export const orderOf = (...lines: readonly Line[]): Order => ({ lines, paymentToken: 'tok_silent' });

export interface PlacedOrder {
  readonly orderId: string;
  /** `/orders/<id>` */
  readonly path: string;
  /** Query parameter that asks for at least this order. */
  readonly consistentWith: string;
}

/** Places an order of one line that rests in `placed`. @throws AssertionError when it is not acknowledged */
export const placeOrder = (customer: ApiClient, { sku }: Pick<ListedProduct, 'sku'>, quantity = 1) =>
  place(customer, orderOf({ sku, quantity }));

/** @throws AssertionError when the order is not acknowledged */
export async function place(customer: ApiClient, order: Order): Promise<PlacedOrder> {
  const answer = await customer.post<OrderChanged>('/orders', order);
  expect(answer).toMatchObject({ status: 201, body: { status: 'placed', version: 1 } });
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
