// A later call of the sandbox provider: what it says, and the signature that shows who says it.

import { captureKey } from '../../../lambdas/shop/payments/port.ts';
import { signCallback } from '../../../lambdas/shop/payments/providers/callback-signature.ts';
import { sandboxProvider } from '../../../lambdas/shop/payments/providers/sandbox.ts';

export interface SignedCallback {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** @param secret what the provider signs with */
export async function signedCallback(
  secret: string,
  orderId: string,
  outcome: 'captured' | 'declined',
): Promise<SignedCallback> {
  const body = JSON.stringify({ orderId, ...(outcome === 'captured' ? await capture(orderId) : { outcome }) });
  return {
    headers: {
      'content-type': 'application/json',
      'payment-signature': signCallback(secret, body, Math.floor(Date.now() / 1000)),
    },
    body,
  };
}

/** The transaction is the one that the sandbox would report if it were asked again. */
async function capture(orderId: string): Promise<{ readonly outcome: 'captured'; readonly transactionId: string }> {
  const result = await sandboxProvider().capture({
    orderId,
    amount: 0,
    currency: '',
    paymentToken: 'tok_ok',
    idempotencyKey: captureKey(orderId),
  });
  if (result.kind !== 'captured') throw new Error(`the sandbox must capture tok_ok; it answered ${result.kind}`);
  return { outcome: 'captured', transactionId: result.transactionId };
}
