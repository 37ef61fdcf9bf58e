import { expect, it } from 'vitest';
import { ProviderUnavailableError } from '../../../lambdas/shop/payments/providers/errors.ts';
import { MissingApiKeyError, paymentProvider } from '../../../lambdas/shop/payments/providers/payment-provider.ts';
import { UnknownProviderError } from '../../../lambdas/shop/payments/providers/provider-name.ts';
import { retrying } from '../../../lambdas/shop/payments/providers/retrying.ts';
import { sandboxProvider } from '../../../lambdas/shop/payments/providers/sandbox.ts';

const request = (paymentToken: string, idempotencyKey = 'capture-o1') => ({
  orderId: 'o1',
  amount: 1999,
  currency: 'EUR',
  paymentToken,
  idempotencyKey,
});

it.each([
  ['tok_ok', { kind: 'captured', transactionId: expect.stringMatching(/^txn_[0-9a-f]{24}$/) }],
  ['tok_declined', { kind: 'declined' }],
  ['tok_silent', { kind: 'pending' }],
  ['tok_of_another_provider', { kind: 'declined' }],
])('answers %s as the contract says', async (token, result) => {
  expect(await sandboxProvider().capture(request(token))).toEqual(result);
});

it('gives the same key the same transaction, in another function too, and another key another one', async () => {
  const first = await sandboxProvider().capture(request('tok_ok'));
  expect(await sandboxProvider().capture(request('tok_ok'))).toEqual(first);
  expect(await sandboxProvider().capture(request('tok_ok', 'capture-o2'))).not.toEqual(first);
});

it('fails twice for tok_flaky under each key, then captures', async () => {
  const provider = sandboxProvider();
  for (const key of ['a', 'b']) {
    await expect(provider.capture(request('tok_flaky', key))).rejects.toThrow(ProviderUnavailableError);
    await expect(provider.capture(request('tok_flaky', key))).rejects.toThrow(ProviderUnavailableError);
    const captured = await provider.capture(request('tok_flaky', key));
    expect(captured).toMatchObject({ kind: 'captured' });
    expect(await provider.capture(request('tok_flaky', key))).toEqual(captured);
  }
});

it('captures tok_flaky in one call as a stage has it, with pauses that grow', async () => {
  const pausesInMillis: number[] = [];
  const wait = async (millis: number) => void pausesInMillis.push(millis);
  const patient = retrying(sandboxProvider(), { wait, random: () => 0.5, clock: () => 0 });
  expect(await patient.capture(request('tok_flaky'))).toMatchObject({ kind: 'captured' });
  expect(pausesInMillis).toEqual([50, 100]);
  expect(await paymentProvider({ provider: 'sandbox' }).capture(request('tok_flaky'))).toMatchObject({
    kind: 'captured',
  });
});

it('does not try again what does not pass by itself', async () => {
  let calls = 0;
  const broken = () => {
    calls += 1;
    return Promise.reject(new TypeError('a defect'));
  };
  const patient = retrying(
    { capture: broken, refund: broken, find: broken },
    { wait: () => Promise.resolve(), random: () => 0, clock: () => 0 },
  );
  await expect(patient.capture(request('tok_ok'))).rejects.toThrow('a defect');
  expect(calls).toBe(1);
});

it('refuses a stage without a known provider, or Stripe without an API key, at the start', () => {
  expect(() => paymentProvider({ provider: 'paypal' })).toThrow(UnknownProviderError);
  expect(() => paymentProvider({ provider: 'stripe' })).toThrow(MissingApiKeyError);
  expect(() => paymentProvider({ provider: 'stripe', apiKeySecretArn: 'arn' })).not.toThrow();
});
