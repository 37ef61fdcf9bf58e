// The sandbox payment provider: orders by how it answers, and its later answers.
import { signedCallback } from '../../lib/shop/local/signed-callback.ts';
import type { Answer, ApiClient } from './api-client.ts';
import { resourcesOf } from './deployed/resources.ts';
import type { Line, Order, PlacedOrder } from './shop.ts';
import { deployedAt } from './target.ts';

/** What the provider does: takes the money, declines, leaves its answer to a callback, or fails twice and then takes it. */
type PaymentToken = 'tok_ok' | 'tok_declined' | 'tok_silent' | 'tok_flaky';

export const paidWith = (paymentToken: PaymentToken, ...lines: readonly Line[]): Order => ({ lines, paymentToken });

/** The provider answers now, through the API's own callback route. @returns what that route answered */
export async function answerPayment(
  anyone: ApiClient,
  { orderId }: Pick<PlacedOrder, 'orderId'>,
  outcome: 'captured' | 'declined',
): Promise<Answer> {
  const stage = deployedAt(anyone.url);
  if (!stage) return anyone.post(`/local/payments/${orderId}`, { outcome });
  const secret = await resourcesOf(stage).callbackSecret();
  return anyone.send('POST', '/payment-callbacks', await signedCallback(secret, orderId, outcome));
}
