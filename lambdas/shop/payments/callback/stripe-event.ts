// Stripe's webhook events, as far as they concern us: how an order's PaymentIntent ended, and that its refund failed later.
// A refund that Stripe took may be pending and fail later: we then have the money back, and have to pay the customer in another
// way (https://docs.stripe.com/refunds#failed-refunds). An account whose API version is from before 2024-10-28 sends
// charge.refund.updated in the place of refund.failed (https://docs.stripe.com/changelog/acacia/2024-10-28/refund-webhook-update).
import * as z from 'zod';
import type { PaymentCommand } from '../decider.ts';

/** Lenient on purpose: what Stripe adds to its events must not stop us. */
export const stripeEvent = z.object({
  type: z.string(),
  data: z.object({
    object: z.object({
      id: z.string().optional(),
      status: z.string().nullish(),
      metadata: z.object({ orderId: z.string().optional() }).nullish(),
    }),
  }),
});

/** @returns `undefined` for an event of another type, or of a payment that is not an order's */
export function stripeCommand({ type, data }: z.output<typeof stripeEvent>): PaymentCommand | undefined {
  const { id, status, metadata } = data.object;
  const orderId = metadata?.orderId;
  if (id === undefined || orderId === undefined) return undefined;
  switch (type) {
    case 'payment_intent.succeeded':
      return { type: 'RecordCapture', orderId, transactionId: id };
    case 'payment_intent.payment_failed':
    case 'payment_intent.canceled':
      return { type: 'RecordDecline', orderId };
    case 'refund.failed':
    case 'refund.updated':
    case 'charge.refund.updated':
      return status === 'failed' || status === 'canceled'
        ? { type: 'RecordRefundFailure', orderId, refundId: id }
        : undefined;
    default:
      return undefined;
  }
}
