import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentProvider } from '../../../lambdas/shop/payments/port.ts';
import { ProviderFailedError, ProviderUnavailableError } from '../../../lambdas/shop/payments/providers/errors.ts';
import { retrying } from '../../../lambdas/shop/payments/providers/retrying.ts';
import { stripeProvider } from '../../../lambdas/shop/payments/providers/stripe.ts';
import { stripeClient } from '../../../lambdas/shop/payments/providers/stripe-client.ts';
import { failure, found, intent, refund, startStripeApi } from '../../spine/payments/stripe-api.ts';

let api: Awaited<ReturnType<typeof startStripeApi>>;
let provider: PaymentProvider;
let apiKey = '';

beforeAll(async () => {
  api = await startStripeApi();
});
afterAll(() => api.stop());
beforeEach(() => {
  api.seen.length = 0;
  apiKey = 'sk_test_secret';
  provider = stripeProvider(stripeClient(() => Promise.resolve(apiKey), api.address));
});

const order = { orderId: 'o1', amount: 1999, currency: 'EUR' };
const capture = (changes = {}) =>
  provider.capture({ ...order, paymentToken: 'pm_card_visa', idempotencyKey: 'capture-o1', ...changes });
const giveBack = (changes = {}) =>
  provider.refund({ ...order, transactionId: 'pi_1', idempotencyKey: 'refund-o1', ...changes });
const thrown = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => expect.unreachable(),
    (error) => error,
  );

describe('a capture', () => {
  it('creates and confirms a payment intent for the order, under its key', async () => {
    api.prepare(intent('succeeded'));
    expect(await capture()).toEqual({ kind: 'captured', transactionId: 'pi_1' });
    expect(api.seen).toEqual([
      {
        call: 'POST /v1/payment_intents',
        form: {
          amount: '1999',
          currency: 'eur',
          payment_method: 'pm_card_visa',
          'automatic_payment_methods[enabled]': 'true',
          'automatic_payment_methods[allow_redirects]': 'never',
          capture_method: 'automatic',
          confirm: 'true',
          off_session: 'true',
          'metadata[orderId]': 'o1',
        },
        idempotencyKey: 'capture-o1',
        authorization: 'Bearer sk_test_secret',
      },
    ]);
  });

  it.each([
    ['processing', 'pending'],
    ['requires_action', 'pending'],
    ['requires_payment_method', 'declined'],
    ['canceled', 'declined'],
  ])('of an intent that is %s is %s', async (status, kind) => {
    api.prepare(intent(status));
    expect(await capture()).toEqual({ kind });
  });

  it('repeated under its key tells what has become of the intent since', async () => {
    api.prepare({ ...intent('processing'), headers: { 'idempotent-replayed': 'true' } }, intent('succeeded'));
    expect(await capture()).toEqual({ kind: 'captured', transactionId: 'pi_1' });
    expect(api.seen.map(({ call }) => call)).toEqual(['POST /v1/payment_intents', 'GET /v1/payment_intents/pi_1']);
  });

  it.each([
    ['a refused card', failure(402, { type: 'card_error', code: 'card_declined', decline_code: 'generic_decline' })],
    ['a card that asks for its owner', failure(402, { type: 'card_error', code: 'authentication_required' })],
    ['no such means of payment', failure(400, { type: 'invalid_request_error', param: 'payment_method' })],
    ['too small an amount', failure(400, { type: 'invalid_request_error', code: 'amount_too_small', param: 'amount' })],
  ])('is declined for %s', async (_, answer) => {
    api.prepare(answer);
    expect(await capture()).toEqual({ kind: 'declined' });
  });

  it.each([
    ['USD', 5, '5'],
    ['JPY', 5, '5'],
    ['KWD', 5120, '5120'],
    ['ISK', 5, '500'],
    ['UGX', 5, '500'],
    ['MGA', 2900, '29'],
  ])('counts %s as Stripe does', async (currency, amount, stripeAmount) => {
    api.prepare(intent('succeeded'));
    await capture({ currency, amount });
    expect(api.seen[0]?.form['amount']).toBe(stripeAmount);
  });

  it('uses a rotated API key as soon as it is there', async () => {
    api.prepare(intent('succeeded'), intent('succeeded'));
    await capture();
    apiKey = 'sk_test_rotated';
    await capture();
    expect(api.seen.map(({ authorization }) => authorization)).toEqual([
      'Bearer sk_test_secret',
      'Bearer sk_test_rotated',
    ]);
  });

  it('does not reach Stripe when the API key cannot be read', async () => {
    const unreadable = new Error('no secret');
    const keyless = stripeProvider(stripeClient(() => Promise.reject(unreadable), api.address));
    const request = { ...order, paymentToken: 'pm_card_visa', idempotencyKey: 'k' };
    expect(await thrown(keyless.capture(request))).toBe(unreadable);
    expect(api.seen).toEqual([]);
  });
});

describe('finding what became of a capture', () => {
  const find = (changes = {}) =>
    provider.find({ ...order, paymentToken: 'pm_card_visa', idempotencyKey: 'capture-o1', ...changes });

  it('searches for the order’s intents, and asks for no money', async () => {
    api.prepare(found('succeeded'));
    expect(await find()).toEqual({ kind: 'captured', transactionId: 'pi_1' });
    const call = api.seen[0]?.call ?? '';
    const url = new URL(call.split(' ')[1] ?? '', 'http://stripe');
    expect([call.split(' ')[0], url.pathname]).toEqual(['GET', '/v1/payment_intents/search']);
    expect(url.searchParams.get('query')).toBe("metadata['orderId']:'o1'");
  });

  it.each([
    [[], { kind: 'unknown' }],
    [['canceled'], { kind: 'declined' }],
    [['requires_payment_method', 'processing'], { kind: 'pending' }],
    [['processing', 'canceled', 'succeeded'], { kind: 'captured', transactionId: 'pi_3' }],
  ])('of intents that are %j says %j', async (statuses, expected) => {
    api.prepare(found(...statuses));
    expect(await find()).toEqual(expected);
  });

  it('takes an order’s id for text, whatever is in it', async () => {
    api.prepare(found());
    await find({ orderId: "o'1" });
    expect(decodeURIComponent(api.seen[0]?.call ?? '')).toContain("'o\\'1'");
  });

  it('may pass when Stripe is down', async () => {
    api.prepare(failure(500, { type: 'api_error' }));
    expect(await thrown(find())).toBeInstanceOf(ProviderUnavailableError);
  });
});

describe('a refund', () => {
  it('gives the intent’s money back, under its key', async () => {
    api.prepare(refund('succeeded'));
    await giveBack();
    expect(api.seen).toEqual([
      {
        call: 'POST /v1/refunds',
        form: { payment_intent: 'pi_1', amount: '1999', 'metadata[orderId]': 'o1' },
        idempotencyKey: 'refund-o1',
        authorization: 'Bearer sk_test_secret',
      },
    ]);
  });

  it('of what is refunded already is a success', async () => {
    api.prepare(failure(400, { type: 'invalid_request_error', code: 'charge_already_refunded' }));
    await expect(giveBack()).resolves.toBeUndefined();
  });

  it('that is under way is a success, one that failed is thrown', async () => {
    api.prepare(refund('pending'), refund('failed'));
    await expect(giveBack()).resolves.toBeUndefined();
    expect(await thrown(giveBack())).toBeInstanceOf(ProviderFailedError);
  });
});

describe('a failure', () => {
  it.each([
    ['too many requests', failure(429, { type: 'invalid_request_error', code: 'rate_limit' })],
    ['the same key still at work', failure(409, { type: 'idempotency_error', code: 'idempotency_key_in_use' })],
    ['an outage', failure(503, { type: 'api_error' })],
  ])('that may pass is told apart: %s', async (_, answer) => {
    api.prepare(answer, answer);
    expect(await thrown(capture())).toBeInstanceOf(ProviderUnavailableError);
    expect(await thrown(giveBack())).toBeInstanceOf(ProviderUnavailableError);
  });

  it('to connect may pass', async () => {
    const nowhere = stripeClient(() => Promise.resolve('sk'), { ...api.address, port: 1 });
    const request = { ...order, transactionId: 'pi_1', idempotencyKey: 'k' };
    expect(await thrown(stripeProvider(nowhere).refund(request))).toBeInstanceOf(ProviderUnavailableError);
  });

  it.each([
    ['a wrong API key', failure(401, { type: 'invalid_request_error' })],
    ['a key used with other parameters', failure(400, { type: 'idempotency_error' })],
    ['no such intent', failure(404, { type: 'invalid_request_error', code: 'resource_missing', param: 'intent' })],
  ])('that does not pass is told apart: %s', async (_, answer) => {
    api.prepare(answer, answer);
    expect(await thrown(capture())).toBeInstanceOf(ProviderFailedError);
    expect(await thrown(giveBack())).toBeInstanceOf(ProviderFailedError);
  });

  it('says what happened without the payer, the intent’s secret or the API key', async () => {
    const { body } = intent('requires_payment_method');
    api.prepare(failure(500, { type: 'api_error', code: 'lock_timeout', payment_intent: body }));
    const error = await thrown(capture());
    expect(error.message).toBe('Stripe cannot be asked now: StripeAPIError, lock_timeout, status 500, req_1');
    expect(error.cause).toMatchObject({ code: 'lock_timeout', statusCode: 500, requestId: 'req_1' });
    expect(JSON.stringify({ ...error, cause: error.cause, message: error.message })).not.toMatch(/secret|Anna/);
  });

  it('of any other shape of intent is thrown', async () => {
    api.prepare(intent('requires_capture'));
    expect(await thrown(capture())).toBeInstanceOf(ProviderFailedError);
  });

  it('that took long is left to a later run', async () => {
    let seconds = 0;
    const slow = {
      ...provider,
      capture: async () => {
        seconds += 6;
        throw new ProviderUnavailableError('slow');
      },
    };
    const clock = () => seconds * 1_000;
    const patient = retrying(slow, { wait: () => Promise.resolve(), random: () => 0, clock });
    const request = { ...order, paymentToken: 'pm_card_visa', idempotencyKey: 'capture-o1' };
    expect(await thrown(patient.capture(request))).toBeInstanceOf(ProviderUnavailableError);
    expect(seconds).toBe(6);
  });

  it('that may pass is tried three times, always under the same key', async () => {
    const outage = failure(503, { type: 'api_error' });
    const patient = retrying(provider, { wait: () => Promise.resolve(), random: () => 0, clock: () => 0 });
    const request = { ...order, paymentToken: 'pm_card_visa', idempotencyKey: 'capture-o1' };
    api.prepare(outage, outage, intent('succeeded'));
    expect(await patient.capture(request)).toEqual({ kind: 'captured', transactionId: 'pi_1' });
    api.prepare(outage, outage, outage);
    expect(await thrown(patient.capture(request))).toBeInstanceOf(ProviderUnavailableError);
    expect(api.seen.map(({ idempotencyKey }) => idempotencyKey)).toEqual(Array(6).fill('capture-o1'));
  });
});
