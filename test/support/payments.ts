// The sandbox payment provider: orders by how it answers, and its later answers.
import type { Answer, ApiClient } from './api-client.ts';
import type { Line, Order, PlacedOrder } from './shop.ts';

/** What the provider does: takes the money, declines, leaves its answer to a callback, or fails twice and then takes it. */
type PaymentToken = 'tok_ok' | 'tok_declined' | 'tok_silent' | 'tok_flaky';

export const paidWith = (paymentToken: PaymentToken, ...lines: readonly Line[]): Order => ({ lines, paymentToken });

/** The provider answers now, through the API's own callback route. @returns what that route answered */
export const answerPayment = (
  anyone: ApiClient,
  { orderId }: Pick<PlacedOrder, 'orderId'>,
  outcome: 'captured' | 'declined',
): Promise<Answer> => anyone.post(`/local/payments/${orderId}`, { outcome });
