// The Stripe client of a function.
import Stripe from 'stripe';

/** Fits between the latest start and the cut-off of a subscriber with 30 s, even after quick failures. */
const REQUEST_TIMEOUT_IN_MILLIS = 6_000;

/** Address of Stripe's API. @default api.stripe.com */
export type StripeAddress = Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'>;

/** Returns a client for the current API key, so that a rotated key is used without a deployment. */
export function stripeClient(apiKey: () => Promise<string>, address: StripeAddress = {}): () => Promise<Stripe> {
  let latest: { readonly key: string; readonly client: Stripe } | undefined;
  return async () => {
    const key = await apiKey();
    if (latest?.key !== key) latest = { key, client: connect(key, address) };
    return latest.client;
  };
}

/** It does not retry by itself: that is done around the provider, once for all of them. */
const connect = (key: string, address: StripeAddress): Stripe =>
  new Stripe(key, { ...address, timeout: REQUEST_TIMEOUT_IN_MILLIS, maxNetworkRetries: 0, telemetry: false });
