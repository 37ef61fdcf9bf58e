// Payments: what the provider tells us.
import * as z from 'zod';
import type { Operation } from '../../spine/http/operation.ts';
import { version } from '../../spine/http/values.ts';
import { orderPath } from '../api-values.ts';

const { orderId } = orderPath.shape;
const transactionId = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible characters');

const callback = z.discriminatedUnion('outcome', [
  z.strictObject({ orderId, outcome: z.literal('captured'), transactionId }),
  z.strictObject({ orderId, outcome: z.literal('declined'), transactionId: transactionId.optional() }),
]);

export type PaymentCallback = z.output<typeof callback>;

const recorded = z.strictObject({ orderId, version });
const ignored = z.strictObject({});

/** On a stage whose provider is Stripe the route takes Stripe's own webhook events and signatures instead. */
export const receivePaymentCallback = {
  route: 'POST /payment-callbacks',
  summary: 'The payment provider’s answer, signed by it; a repeated one changes nothing',
  access: 'signature',
  body: callback,
  example: { orderId: '01K9XJ6T5N3V8Q2R7W4Y1Z0B6C', outcome: 'captured', transactionId: 'txn_1' },
  success: { status: 202, schema: z.union([recorded, ignored]) },
  problems: ['not_found'],
} as const satisfies Operation;
