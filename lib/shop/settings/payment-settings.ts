// Who takes the money of a stage, how long an order waits for the answer, and how many orders of a customer may wait at once.
import * as z from 'zod';
import { countOf, text } from '../../spine/settings/context-texts.ts';
import { oneOf, textAs, wholeNumber } from '../../spine/settings/fields.ts';
import type { BrokenRule, FieldsOf, SettingsGroup, Unchecked } from '../../spine/settings/settings-group.ts';
import type { Stage } from '../../spine/settings/stages.ts';

/**
 * An order that ends without its payment asks the provider once more under the same idempotency key, and Stripe forgets keys
 * after a day (https://docs.stripe.com/api/idempotent_requests): the wait must end before.
 */
export const longestPaymentTimeoutInSeconds = 23 * 60 * 60;

/** As many as one `Query` of the index counts: it reads 1 MB, and a row of keys has less than 1 KB. */
export const mostOpenOrdersPerCustomer = 1_000;

/** With the six characters that Secrets Manager appends to a name: a permission on anything shorter would match nothing. */
const completeSecretArn = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/;

const fields = {
  payments: z.object({
    provider: oneOf('sandbox', 'stripe').describe(
      'Who takes the money. The sandbox takes none, and would ship goods that nobody has paid for: in production whoever deploys has to name it.',
    ),
    timeoutInSeconds: wholeNumber(1, longestPaymentTimeoutInSeconds, ' (23 hours)').describe(
      'How long an order waits for the provider’s answer before it is rejected, in seconds.',
    ),
    apiKeySecretArn: textAs('the complete ARN of a secret when the provider is stripe')
      .describe('The secret in Secrets Manager that holds the provider’s API key.')
      .exactOptional(),
  }),
  openOrdersPerCustomer: wholeNumber(1, mostOpenOrdersPerCustomer).describe(
    'How many orders of a customer may await payment at once; the next is refused.',
  ),
};

export type PaymentSettings = FieldsOf<typeof fields>;

export const payments = {
  title: 'Payments',
  fields,
  keys: {
    paymentProvider: { sets: 'payments.provider', reads: text },
    paymentTimeoutSeconds: { sets: 'payments.timeoutInSeconds', reads: countOf('seconds') },
    paymentApiKeySecretArn: { sets: 'payments.apiKeySecretArn', reads: text },
    openOrdersPerCustomer: { sets: 'openOrdersPerCustomer', reads: countOf('orders') },
  },
  defaults: {
    local: { payments: { provider: 'sandbox', timeoutInSeconds: 900 }, openOrdersPerCustomer: 1_000 },
    localstack: { payments: { provider: 'sandbox', timeoutInSeconds: 900 }, openOrdersPerCustomer: 1_000 },
    dev: { payments: { provider: 'sandbox', timeoutInSeconds: 900 }, openOrdersPerCustomer: 50 },
    prod: { payments: { timeoutInSeconds: 900 }, openOrdersPerCustomer: 50 },
  } satisfies Record<Stage, Unchecked<PaymentSettings>>,
  *rules({ payments: { provider, apiKeySecretArn } = {} }: Unchecked<PaymentSettings>): Generator<BrokenRule> {
    const path = 'payments.apiKeySecretArn';
    // Whoever mistakes the one for the other puts the key itself here, so the value stays out of the message.
    if (provider === 'stripe' && !completeSecretArn.test(apiKeySecretArn ?? '')) {
      const given = apiKeySecretArn === undefined ? 'none' : 'another text, not shown because it may be the key itself';
      yield { path, message: `must be the complete ARN of a secret when the provider is stripe, got ${given}` };
    }
    if (provider !== 'stripe' && apiKeySecretArn !== undefined) {
      const message = `must not be set unless the provider is stripe, got the provider ${JSON.stringify(provider)}`;
      yield { path, message };
    }
  },
} satisfies SettingsGroup;
