// The lines of orders as they are reserved.

/** A line of an order in one stock stream of its product. */
export interface LineAt {
  readonly sku: string;
  readonly orderId: string;
  readonly stream: number;
}

export interface LineToReserve extends LineAt {
  readonly quantity: number;
  /** All streams that it was tried in. @default this one */
  readonly tried?: readonly number[];
}

export type Reserved =
  /** `version`: of the reservation's event. */
  | { readonly kind: 'reserved'; readonly version: number }
  /** To be tried there. */
  | { readonly kind: 'moved'; readonly to: number }
  | { readonly kind: 'out-of-stock' };
