// A payment's state, by stage.
import * as z from 'zod';
import type { PaymentEvent } from './events.ts';

export const paymentState = z.discriminatedUnion('stage', [
  z.object({ stage: z.enum(['none', 'requested', 'declined', 'abandoned']) }),
  z.object({ stage: z.enum(['captured', 'refunded']), transactionId: z.string() }),
]);

export type PaymentState = z.infer<typeof paymentState>;

export const noPayment: PaymentState = { stage: 'none' };

export function evolvePayment(_: PaymentState, event: PaymentEvent): PaymentState {
  switch (event.type) {
    case 'PaymentRequested':
      return { stage: 'requested' };
    case 'PaymentCaptured':
      return { stage: 'captured', transactionId: event.data.transactionId };
    case 'PaymentDeclined':
      return { stage: 'declined' };
    case 'PaymentAbandoned':
      return { stage: 'abandoned' };
    case 'PaymentRefunded':
      return { stage: 'refunded', transactionId: event.data.transactionId };
    default:
      return event satisfies never;
  }
}
