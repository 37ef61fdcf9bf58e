// Who takes the money of a stage, and how long an order waits for the answer.

const paymentProviders = ['sandbox', 'stripe'] as const;

export type PaymentSettings = {
  /** How long an order waits for the provider's answer before it is rejected. */
  readonly timeoutInSeconds: number;
} & (
  | { readonly provider: 'sandbox' }
  | {
      readonly provider: 'stripe';
      /** Complete ARN of the secret in Secrets Manager that holds the API key. */
      readonly apiKeySecretArn: string;
    }
);

/** Payment settings before they are checked, as a command line gives them. */
export interface PaymentDraft {
  readonly provider?: string;
  readonly timeoutInSeconds: number;
  readonly apiKeySecretArn?: string;
}

/**
 * An order that ends without its payment asks the provider once more under the same idempotency key, and Stripe forgets keys
 * after a day (https://docs.stripe.com/api/idempotent_requests): the wait must end before.
 */
export const longestPaymentTimeoutInSeconds = 23 * 60 * 60;

/** With the six characters that Secrets Manager appends to a name: a permission on anything shorter would match nothing. */
const completeSecretArn = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/;

/** The rules that payment settings break. */
export function* brokenPaymentRules(payments: PaymentDraft): Generator<string> {
  const { provider, timeoutInSeconds, apiKeySecretArn } = payments;
  if (!paymentProviders.some((known) => known === provider)) {
    const names = paymentProviders.join(', ');
    yield `payments.provider (-c paymentProvider) must be one of ${names}, got ${JSON.stringify(provider)}`;
  }
  if (
    !Number.isInteger(timeoutInSeconds) ||
    timeoutInSeconds < 1 ||
    timeoutInSeconds > longestPaymentTimeoutInSeconds
  ) {
    yield `payments.timeoutInSeconds (-c paymentTimeoutSeconds) must be a whole number from 1 to ${longestPaymentTimeoutInSeconds} (23 hours), got ${timeoutInSeconds}`;
  }
  // Whoever mistakes the one for the other puts the key itself here, so the value stays out of the message.
  if (provider === 'stripe' && !completeSecretArn.test(apiKeySecretArn ?? '')) {
    const given = apiKeySecretArn === undefined ? 'none' : 'another text, not shown because it may be the key itself';
    yield `payments.apiKeySecretArn (-c paymentApiKeySecretArn) must be the complete ARN of a secret when the provider is stripe, got ${given}`;
  }
  if (provider !== 'stripe' && apiKeySecretArn !== undefined) {
    yield `payments.apiKeySecretArn (-c paymentApiKeySecretArn) must not be set unless the provider is stripe, got the provider ${JSON.stringify(provider)}`;
  }
}
