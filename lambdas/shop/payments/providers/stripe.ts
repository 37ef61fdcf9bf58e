// Payments by Stripe: one PaymentIntent for an order, created and confirmed at once without the customer. Its id is the
// transaction's. Stripe forgets idempotency keys after 24 hours: what became of a capture later than that is looked up.
import type Stripe from 'stripe';
import type { CaptureRequest, CaptureResult, FoundPayment, PaymentProvider, RefundRequest } from '../port.ts';
import { ProviderFailedError } from './errors.ts';
import { stripeMoney } from './stripe-amount.ts';
import { isAlreadyRefunded, isDecline, withoutDetails } from './stripe-errors.ts';

/** @param client returns a client for the current API key */
export const stripeProvider = (client: () => Promise<Stripe>): PaymentProvider => ({
  async capture(request) {
    try {
      return resultOf(await confirmedIntent(await client(), request));
    } catch (error) {
      if (isDecline(error)) return { kind: 'declined' };
      throw withoutDetails(error);
    }
  },
  async refund(request) {
    try {
      await refundIntent(await client(), request);
    } catch (error) {
      if (!isAlreadyRefunded(error)) throw withoutDetails(error);
    }
  },
  async find(request) {
    try {
      return await foundIntent(await client(), request);
    } catch (error) {
      throw withoutDetails(error);
    }
  },
});

/**
 * Searched for by the order in its metadata. The index of searches is up to date within a minute in general, and may be an
 * hour behind when Stripe has an outage (https://docs.stripe.com/search#data-freshness): no matter for a payment made a day ago.
 */
async function foundIntent(stripe: Stripe, { orderId }: CaptureRequest): Promise<FoundPayment> {
  const quoted = orderId.replace(/['\\"]/g, '\\$&');
  const { data } = await stripe.paymentIntents.search({ query: `metadata['orderId']:'${quoted}'`, limit: 100 });
  const results = data.map(resultOf);
  const kinds = ['captured', 'pending', 'declined'] as const;
  const byKind = kinds.map((kind) => results.find((result) => result.kind === kind));
  return byKind.find((result) => result !== undefined) ?? { kind: 'unknown' };
}

/** For a repeated key Stripe repeats its first answer, so the intent's current status is fetched. */
async function confirmedIntent(
  stripe: Stripe,
  { orderId, amount, currency, paymentToken, idempotencyKey }: CaptureRequest,
): Promise<Stripe.PaymentIntent> {
  const intent = await stripe.paymentIntents.create(
    {
      ...stripeMoney(amount, currency),
      payment_method: paymentToken,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      capture_method: 'automatic',
      confirm: true,
      off_session: true,
      metadata: { orderId },
    },
    { idempotencyKey },
  );
  const isReplayed = intent.lastResponse.headers['idempotent-replayed'] === 'true';
  return isReplayed ? stripe.paymentIntents.retrieve(intent.id) : intent;
}

function resultOf({ id, status }: Stripe.PaymentIntent): CaptureResult {
  switch (status) {
    case 'succeeded':
      return { kind: 'captured', transactionId: id };
    case 'processing':
    case 'requires_action':
      return { kind: 'pending' };
    case 'requires_payment_method':
    case 'canceled':
      return { kind: 'declined' };
    default:
      throw new ProviderFailedError(`A confirmed payment intent is not ${status}; ${id} is`);
  }
}

async function refundIntent(
  stripe: Stripe,
  { orderId, transactionId, amount, currency, idempotencyKey }: RefundRequest,
): Promise<void> {
  const { id, status } = await stripe.refunds.create(
    { payment_intent: transactionId, amount: stripeMoney(amount, currency).amount, metadata: { orderId } },
    { idempotencyKey },
  );
  if (status === 'failed' || status === 'canceled') {
    throw new ProviderFailedError(`A refund must not be ${status}; ${id} of ${transactionId} is`);
  }
}
