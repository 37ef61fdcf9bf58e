// A payment's state, by stage.
import * as z from 'zod';
import type { RecordedEvent } from '../../spine/kernel/envelope.ts';
import type { PaymentEvent } from './events.ts';

export const paymentState = z.discriminatedUnion('stage', [
  z.object({ stage: z.enum(['none', 'declined', 'abandoned']) }),
  /** `requestedAt` is before the provider was first asked; ISO 8601, UTC. */
  z.object({ stage: z.literal('requested'), requestedAt: z.string() }),
  z.object({ stage: z.enum(['captured', 'refunded', 'refund-failed']), transactionId: z.string() }),
]);

export type PaymentState = z.infer<typeof paymentState>;

export const noPayment: PaymentState = { stage: 'none' };

export function evolvePayment(_: PaymentState, event: PaymentEvent | RecordedEvent<PaymentEvent>): PaymentState {
  switch (event.type) {
    case 'PaymentRequested':
      return { stage: 'requested', requestedAt: 'time' in event ? event.time : '' };
    case 'PaymentCaptured':
      return { stage: 'captured', transactionId: event.data.transactionId };
    case 'PaymentDeclined':
      return { stage: 'declined' };
    case 'PaymentAbandoned':
      return { stage: 'abandoned' };
    case 'PaymentRefunded':
      return { stage: 'refunded', transactionId: event.data.transactionId };
    case 'RefundFailed':
      return { stage: 'refund-failed', transactionId: event.data.transactionId };
    default:
      return event satisfies never;
  }
}
