// Banks answer late.
import { signCallback } from '../../../../lambdas/shop/payments/providers/callback-signature.ts';
import type { Client } from '../../../../lambdas/spine/testing/simulator/client.ts';
import { CALLBACK_SECRET } from '../http.ts';
import type { Outside } from '../outside.ts';

const MINUTE_IN_MILLIS = 60_000;
/** Every ten minutes for three days. */
const DAYS_OF_CALLBACKS = 432;

/** The provider signs its answer anew each time that it sends it, for days (https://docs.stripe.com/webhooks#retries). */
export async function answerLate(
  client: Client,
  { books, now }: Outside,
  orderId: string,
  outcome: 'captured' | 'declined',
): Promise<void> {
  const transactionId = outcome === 'captured' ? books.captureLate(orderId) : undefined;
  if (outcome === 'captured' && transactionId === undefined) return;
  if (outcome === 'declined' && !books.declineLate(orderId)) return;
  const body = { orderId, outcome, ...(transactionId !== undefined && { transactionId }) };
  for (let tries = 0; tries < DAYS_OF_CALLBACKS; tries += 1) {
    const signature = signCallback(CALLBACK_SECRET, JSON.stringify(body), Math.floor(now() / 1_000));
    const headers = { 'payment-signature': signature };
    const request = { function: 'payment-callback', route: 'POST /payment-callbacks', headers, body };
    if ((await client.send(request, 1))?.status === 202) return;
    await client.wait(10 * MINUTE_IN_MILLIS);
  }
}
