// Stripe's webhook events, as far as they concern us: how an order's PaymentIntent ended.
import * as z from 'zod';
import type { PaymentCommand } from '../../domain/payment/decider.ts';

/** Lenient on purpose: what Stripe adds to its events must not stop us. */
export const stripeEvent = z.object({
  type: z.string(),
  data: z.object({
    object: z.object({
      id: z.string().optional(),
      metadata: z.object({ orderId: z.string().optional() }).nullish(),
    }),
  }),
});

/** @returns `undefined` for an event of another type, or of a payment that is not an order's */
export function stripeCommand({ type, data }: z.output<typeof stripeEvent>): PaymentCommand | undefined {
  const { id, metadata } = data.object;
  const orderId = metadata?.orderId;
  if (id === undefined || orderId === undefined) return undefined;
  switch (type) {
    case 'payment_intent.succeeded':
      return { type: 'RecordCapture', orderId, transactionId: id };
    case 'payment_intent.payment_failed':
    case 'payment_intent.canceled':
      return { type: 'RecordDecline', orderId };
    default:
      return undefined;
  }
}
