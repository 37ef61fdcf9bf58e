// The payment provider port. Both calls carry an idempotency key: the same key never moves money twice.

export interface CaptureRequest {
  readonly orderId: string;
  /** In minor units. */
  readonly amount: number;
  readonly currency: string;
  /** Stands for the customer's means of payment; card data never comes here. */
  readonly paymentToken: string;
  readonly idempotencyKey: string;
}

export type CaptureResult =
  | { readonly kind: 'captured'; readonly transactionId: string }
  | { readonly kind: 'declined' }
  /** The provider answers later, by a callback, which may never come. */
  | { readonly kind: 'pending' };

/** `unknown`: the provider has no payment for the order. */
export type FoundPayment = CaptureResult | { readonly kind: 'unknown' };

export interface RefundRequest {
  readonly orderId: string;
  readonly transactionId: string;
  /** In minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly idempotencyKey: string;
}

export interface PaymentProvider {
  /** @throws Error for what may pass: the caller tries again, with the same key */
  capture(request: CaptureRequest): Promise<CaptureResult>;
  /** @throws Error for what may pass: the caller tries again, with the same key */
  refund(request: RefundRequest): Promise<void>;
  /**
   * What became of a capture that was asked for long ago, without asking for it again.
   * @throws Error for what may pass: the caller tries again
   */
  find(request: CaptureRequest): Promise<FoundPayment>;
}

/**
 * How long a provider is sure to remember an idempotency key. Stripe may forget one that is 24 hours old and would then take the
 * money again (https://docs.stripe.com/api/idempotent_requests); one hour is left for clock differences and a request under way.
 */
export const KEY_KNOWN_FOR_IN_MILLIS = 23 * 60 * 60 * 1_000;

/** One key for an order's capture and one for its refund, however often a run of the process is repeated. */
export const captureKey = (orderId: string): string => `capture-${orderId}`;
export const refundKey = (orderId: string): string => `refund-${orderId}`;
