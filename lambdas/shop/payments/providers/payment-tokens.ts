// Which payment tokens each provider takes. Kept apart from the providers, so that code that checks a token does not load them.
import type { ProviderName } from './provider-name.ts';

export interface PaymentTokens {
  accepts(token: string): boolean;
  /** For the caller: what a token must be. */
  readonly rule: string;
  /** The same as a JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
}

const sandboxTokens = ['tok_ok', 'tok_declined', 'tok_silent', 'tok_flaky'] as const;

/** Ids of Stripe's PaymentMethods; whether there is one of that id, only Stripe knows. */
const STRIPE_TOKEN = /^pm_\w{1,250}$/;

export const paymentTokens: Readonly<Record<ProviderName, PaymentTokens>> = {
  sandbox: {
    accepts: (token) => sandboxTokens.some((known) => known === token),
    rule: `must be one of ${sandboxTokens.join(', ')}`,
    schema: { type: 'string', enum: sandboxTokens, pattern: '^tok_[a-z]+$' },
  },
  stripe: {
    accepts: (token) => STRIPE_TOKEN.test(token),
    rule: 'must be the id of a Stripe PaymentMethod: pm_…',
    schema: { type: 'string', pattern: STRIPE_TOKEN.source, examples: ['pm_card_visa'] },
  },
};
