// The payment provider of a stage.
import { setTimeout as wait } from 'node:timers/promises';
import { cachedSecret, SECRET_MAX_AGE_IN_MILLIS, secretsManagerClient } from '../../../spine/aws/secrets/secret.ts';
import { EventspineError } from '../../../spine/kernel/errors.ts';
import type { PaymentProvider } from '../port.ts';
import { providerNamed } from './provider-name.ts';
import { remoteSandbox } from './remote-sandbox.ts';
import { retrying } from './retrying.ts';
import { sandboxProvider } from './sandbox.ts';
import { stripeProvider } from './stripe.ts';
import { stripeClient } from './stripe-client.ts';

export interface PaymentProviderSettings {
  readonly provider: string;
  /** ARN of the secret with the API key, as text; Stripe needs one. */
  readonly apiKeySecretArn?: string | undefined;
  /** Where the sandbox answers over HTTP; without it, it answers in this process. */
  readonly sandboxEndpoint?: string | undefined;
}

export class MissingApiKeyError extends EventspineError {
  readonly code = 'missing_api_key';
}

/**
 * The stage's provider, which retries passing failures by itself.
 * @throws UnknownProviderError, MissingApiKeyError
 */
export const paymentProvider = (settings: PaymentProviderSettings): PaymentProvider =>
  retrying(withoutRetries(settings), {
    wait,
    random: Math.random,
    clock: () => performance.now(),
  });

function withoutRetries({ provider, apiKeySecretArn, sandboxEndpoint }: PaymentProviderSettings): PaymentProvider {
  const name = providerNamed(provider);
  switch (name) {
    case 'sandbox':
      return sandboxEndpoint === undefined ? sandboxProvider() : remoteSandbox(sandboxEndpoint);
    case 'stripe': {
      if (!apiKeySecretArn)
        throw new MissingApiKeyError('Stripe needs the ARN of the secret with its API key; there is none');
      const apiKey = cachedSecret(secretsManagerClient(), apiKeySecretArn);
      return stripeProvider(stripeClient(() => apiKey(SECRET_MAX_AGE_IN_MILLIS)));
    }
    default:
      return name satisfies never;
  }
}
