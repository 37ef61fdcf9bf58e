import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import Stripe from 'stripe';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { callbackEndpoint } from '../../../lambdas/shop/payments/callback/handler.ts';
import { paymentDecider } from '../../../lambdas/shop/payments/decider.ts';
import { signCallback } from '../../../lambdas/shop/payments/providers/callback-signature.ts';
import type { ProviderName } from '../../../lambdas/shop/payments/providers/provider-name.ts';
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import { logger } from '../../../lambdas/spine/runtime/logger.ts';
import { type InMemoryEventStore, inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { run } from '../../support/commands.ts';

const NOW = 1_800_000_000;
const captured = { orderId: 'o1', outcome: 'captured', transactionId: 'txn_1' };
const declined = { orderId: 'o1', outcome: 'declined' };

let store: InMemoryEventStore;
/** What Secrets Manager holds, and what a function has of it. */
let secrets: { current: string; cached: string };
let fetches: number;
let failedRefunds: number;

beforeEach(async () => {
  store = inMemoryEventStore();
  secrets = { current: 'shared', cached: 'shared' };
  fetches = 0;
  failedRefunds = 0;
  const payment = { orderId: 'o1', amount: 1999, currency: 'EUR', paymentToken: 'tok_silent' };
  await run(store, paymentDecider, 'payment-o1', { type: 'RequestPayment', ...payment });
});

const secret = async (maxAgeInMillis: number): Promise<string> => {
  if (maxAgeInMillis < 60_000) {
    fetches += 1;
    secrets.cached = secrets.current;
  }
  return secrets.cached;
};

interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly provider?: ProviderName;
  readonly isBase64Encoded?: boolean;
}

async function send({ body = captured, headers = {}, provider = 'sandbox', isBase64Encoded = false }: Sent) {
  const raw = typeof body === 'string' ? body : JSON.stringify(body);
  const event = {
    routeKey: 'POST /payment-callbacks',
    rawPath: '/payment-callbacks',
    rawQueryString: '',
    headers: { 'content-type': 'application/json', ...headers },
    requestContext: { http: { method: 'POST', path: '/payment-callbacks' } },
    body: isBase64Encoded ? Buffer.from(raw).toString('base64') : raw,
    isBase64Encoded,
  } as unknown as APIGatewayProxyEventV2;
  const countFailedRefund = () => {
    failedRefunds += 1;
  };
  const retry = { wait: () => Promise.resolve(), random: () => 0 };
  const ports = { store, ...retry, secret, countFailedRefund, now: () => NOW * 1000 + 999 };
  const response = await httpHandler([callbackEndpoint(provider, ports)])(event, {} as Context);
  return { ...response, json: JSON.parse(response.body ?? 'null') };
}

const signed = (body: unknown, { key = 'shared', at = NOW } = {}) => ({
  'payment-signature': signCallback(key, typeof body === 'string' ? body : JSON.stringify(body), at),
});
const sendSigned = (body: unknown, sent: Sent = {}) =>
  send({ ...sent, body, headers: { ...signed(body), ...sent.headers } });
const recorded = (): string[] =>
  store
    .commits('payment-o1')
    .flatMap(({ events }) => events.map(({ type }) => type))
    .slice(1);

describe('a callback with its signature', () => {
  it('records a capture, under the correlation id of the request', async () => {
    const response = await sendSigned(captured, { headers: { 'x-correlation-id': 'story-1' } });
    expect([response.statusCode, response.json]).toEqual([202, { orderId: 'o1', version: 2 }]);
    expect(store.commits('payment-o1')[1]).toMatchObject({
      correlationId: 'story-1',
      events: [{ type: 'PaymentCaptured', data: { transactionId: 'txn_1' } }],
    });
  });

  it('records a decline', async () => {
    expect((await sendSigned(declined)).json).toEqual({ orderId: 'o1', version: 2 });
    expect(recorded()).toEqual(['PaymentDeclined']);
  });

  it('changes nothing when it is repeated', async () => {
    const first = await sendSigned(captured);
    for (let times = 0; times < 3; times += 1) {
      const again = await sendSigned(captured);
      expect([again.statusCode, again.json]).toEqual([202, first.json]);
    }
    expect(recorded()).toEqual(['PaymentCaptured']);
  });

  it('that contradicts a recorded capture changes nothing', async () => {
    await sendSigned(captured);
    expect((await sendSigned(declined)).statusCode).toBe(202);
    expect(recorded()).toEqual(['PaymentCaptured']);
  });

  it('that captures after a decline is recorded, so that the money can be given back', async () => {
    await sendSigned(declined);
    expect((await sendSigned(captured)).json).toEqual({ orderId: 'o1', version: 3 });
    expect(recorded()).toEqual(['PaymentDeclined', 'PaymentCaptured']);
  });

  it('of an order without a payment is 404', async () => {
    const response = await sendSigned({ ...captured, orderId: 'unknown' });
    expect([response.statusCode, response.json.code]).toEqual([404, 'not_found']);
  });

  it('is read as it was sent when it comes in base64', async () => {
    expect((await sendSigned('{ "orderId":"o1",\n"outcome":"declined" }', { isBase64Encoded: true })).statusCode).toBe(
      202,
    );
  });

  it.each([
    ['a capture without a transaction', { orderId: 'o1', outcome: 'captured' }, '/body/transactionId'],
    ['another outcome', { ...declined, outcome: 'maybe' }, '/body/outcome'],
    ['an unknown field', { ...declined, amount: 1 }, '/body/amount'],
  ])('is 400 for %s', async (_, body, pointer) => {
    const response = await sendSigned(body);
    expect([response.statusCode, response.json.errors[0].pointer]).toEqual([400, pointer]);
  });

  it('is 413 over 64 KB and 415 as another media type', async () => {
    expect((await sendSigned({ ...captured, transactionId: 'x'.repeat(66_000) })).statusCode).toBe(413);
    expect((await sendSigned(captured, { headers: { 'content-type': 'text/plain' } })).statusCode).toBe(415);
  });
});

describe('the signature', () => {
  const v1 = (header: Record<string, string>): string => header['payment-signature']?.split('v1=')[1] ?? '';

  it.each([
    ['300 s old', signed(captured, { at: NOW - 300 })],
    ['300 s ahead', signed(captured, { at: NOW + 300 })],
    ['the second of two', { 'payment-signature': `t=${NOW},v1=${'0'.repeat(64)},v1=${v1(signed(captured))}` }],
    ['beside another scheme', { 'payment-signature': `t=${NOW}, v0=x, v1=${v1(signed(captured)).toUpperCase()}` }],
  ])('fits when it is %s', async (_, headers) => {
    expect((await send({ headers })).statusCode).toBe(202);
  });

  it.each([
    ['missing', {}, 'missing', 'This needs a signature'],
    ['empty', { 'payment-signature': '' }, 'missing', 'This needs a signature'],
    ['free text', { 'payment-signature': 'let me in' }, 'malformed', 'not of the form'],
    ['without a time', { 'payment-signature': `v1=${v1(signed(captured))}` }, 'malformed', 'not of the form'],
    [
      'of a time that is no number',
      { 'payment-signature': `t=now,v1=${'0'.repeat(64)}` },
      'malformed',
      'not of the form',
    ],
    [
      'of two times',
      { 'payment-signature': `t=1,${signed(captured)['payment-signature']}` },
      'malformed',
      'not of the form',
    ],
    ['too short', { 'payment-signature': `t=${NOW},v1=abcd` }, 'malformed', 'not of the form'],
    ['of another body', signed(declined), 'forged', 'does not fit'],
    ['of another secret', signed(captured, { key: 'guessed' }), 'forged', 'does not fit'],
    [
      'moved to another time',
      { 'payment-signature': `t=${NOW - 1},v1=${v1(signed(captured))}` },
      'forged',
      'does not fit',
    ],
    ['301 s old', signed(captured, { at: NOW - 301 }), 'stale', 'within 300 s of ours; this one is 301 s behind'],
    ['301 s ahead', signed(captured, { at: NOW + 301 }), 'stale', 'within 300 s of ours; this one is 301 s ahead'],
  ])('that is %s is refused, changes nothing, and the log says why without it', async (_, headers, reason, detail) => {
    const warn = vi.spyOn(logger, 'warn');
    const response = await send({ headers });
    expect([response.statusCode, response.json.code]).toEqual([401, 'unauthenticated']);
    expect(response.json.detail).toContain(detail);
    expect(response.headers?.['www-authenticate']).toBe('Payment-Signature');
    expect(recorded()).toEqual([]);
    expect(warn.mock.calls).toEqual([
      ['A payment callback was refused', { code: 'signature_refused', reason: `signature_${reason}` }],
    ]);
    warn.mockRestore();
  });

  it('is checked before anything else of the request', async () => {
    const response = await send({ body: 'x'.repeat(70_000), headers: { 'content-type': 'text/plain' } });
    expect(response.statusCode).toBe(401);
  });

  it('fits a rotated secret, which is fetched once when the one at hand does not', async () => {
    secrets.current = 'rotated';
    expect((await send({ headers: signed(captured, { key: 'rotated' }) })).statusCode).toBe(202);
    expect((await send({ headers: signed(captured, { key: 'rotated' }) })).statusCode).toBe(202);
    expect(fetches).toBe(1);
    expect((await send({ headers: signed(captured, { key: 'shared' }) })).statusCode).toBe(401);
  });
});

describe('a Stripe webhook', () => {
  const event = (
    type: string,
    object: unknown = { id: 'pi_1', object: 'payment_intent', metadata: { orderId: 'o1' } },
  ) => JSON.stringify({ id: 'evt_1', object: 'event', api_version: '2026-01-01', type, data: { object } });
  const stripeSigned = (payload: string) => ({
    'stripe-signature': new Stripe('sk').webhooks.generateTestHeaderString({
      payload,
      secret: 'shared',
      timestamp: NOW,
    }),
  });
  const receive = (payload: string) => send({ body: payload, headers: stripeSigned(payload), provider: 'stripe' });

  it.each([
    ['payment_intent.succeeded', 'PaymentCaptured', { transactionId: 'pi_1' }],
    ['payment_intent.payment_failed', 'PaymentDeclined', {}],
    ['payment_intent.canceled', 'PaymentDeclined', {}],
  ])('%s, signed by Stripe’s own library, is recorded as %s, once', async (type, recordedType, data) => {
    expect((await receive(event(type))).json).toEqual({ orderId: 'o1', version: 2 });
    expect((await receive(event(type))).json).toEqual({ orderId: 'o1', version: 2 });
    expect(store.commits('payment-o1')[1]?.events).toMatchObject([{ type: recordedType, data }]);
    expect(recorded()).toHaveLength(1);
  });

  it.each([
    ['of another type', event('charge.updated')],
    ['of a type without an object of its own', event('balance.available', { object: 'balance' })],
    ['of a payment that is no order’s', event('payment_intent.succeeded', { id: 'pi_2', metadata: {} })],
  ])('%s is accepted and ignored', async (_, payload) => {
    const response = await receive(payload);
    expect([response.statusCode, response.json]).toEqual([202, {}]);
    expect(recorded()).toEqual([]);
  });

  it.each(['refund.failed', 'refund.updated', 'charge.refund.updated'])(
    '%s of a refund that failed after all is recorded and counted, for somebody has to find another way',
    async (type) => {
      await run(store, paymentDecider, 'payment-o1', { type: 'RecordCapture', orderId: 'o1', transactionId: 'pi_1' });
      await run(store, paymentDecider, 'payment-o1', { type: 'RecordRefund', orderId: 'o1' });
      const failed = { id: 're_1', object: 'refund', status: 'failed', metadata: { orderId: 'o1' } };
      const response = await receive(event(type, failed));
      expect([response.statusCode, failedRefunds]).toEqual([202, 1]);
      expect(store.commits('payment-o1').at(-1)?.events).toMatchObject([
        { type: 'RefundFailed', data: { transactionId: 'pi_1', refundId: 're_1' } },
      ]);
    },
  );

  it.each(['pending', 'succeeded'])('of a refund that is %s is accepted and ignored', async (status) => {
    await run(store, paymentDecider, 'payment-o1', { type: 'RecordCapture', orderId: 'o1', transactionId: 'pi_1' });
    const updated = { id: 're_1', object: 'refund', status, metadata: { orderId: 'o1' } };
    const response = await receive(event('refund.updated', updated));
    expect([response.statusCode, response.json, failedRefunds]).toEqual([202, {}, 0]);
  });

  it('is refused without Stripe’s signature, even with that of the sandbox', async () => {
    const payload = event('payment_intent.succeeded');
    const response = await send({ body: payload, headers: signed(payload), provider: 'stripe' });
    expect(response.statusCode).toBe(401);
    expect(response.headers?.['www-authenticate']).toBe('Stripe-Signature');
  });
});

it('signs as Stripe’s own library verifies', () => {
  const body = JSON.stringify(captured);
  const { webhooks } = new Stripe('sk');
  const now = Math.floor(Date.now() / 1000);
  expect(webhooks.constructEvent(body, signCallback('shared', body, now), 'shared')).toEqual(captured);
});
