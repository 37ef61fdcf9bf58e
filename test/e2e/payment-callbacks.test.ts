// The payment provider's callbacks: none but its own are heard, and a repeated one changes nothing.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { signCallback } from '../../lambdas/shop/payments/providers/callback-signature.ts';
import { ApiClient } from '../support/api-client.ts';
import { expectEmails } from '../support/emails.ts';
import { untilIdle } from '../support/idle.ts';
import { outcomeOf, storyOf } from '../support/order-outcome.ts';
import { answerPayment, paidWith } from '../support/payments.ts';
import { expectProblem } from '../support/problems.ts';
import { expectRefusal } from '../support/refusals.ts';
import { line, type PlacedOrder, place, placeOrder, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';
import { onLocalHost } from '../support/target.ts';

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);
const customer = await newCustomer(anyone);
const desk = await stockProduct(staff);
const nowInSeconds = Math.floor(Date.now() / 1000);

/** Why callbacks were refused so far, as the functions' log of the local host tells. */
async function loggedReasons(): Promise<string[]> {
  const entries = (await readFile(join(inject('target').dataDirectory, 'functions.log'), 'utf8')).split('\n');
  return entries
    .filter((entry) => entry.includes('A payment callback was refused'))
    .map((entry) => (JSON.parse(entry) as { reason: string }).reason);
}

describe('a callback', () => {
  let order: PlacedOrder;

  beforeAll(async () => {
    order = await placeOrder(customer.api, desk);
    await untilIdle(anyone);
  });

  const forged: [string, (body: string) => Record<string, string>, string][] = [
    ['without a signature', () => ({}), 'signature_missing'],
    ['with a token in its place', () => ({ authorization: 'Bearer letmein' }), 'signature_missing'],
    ['with a signature of another form', () => ({ 'payment-signature': 'letmein' }), 'signature_malformed'],
    [
      'with a signature by another secret',
      (body) => ({ 'payment-signature': signCallback('guess', body, nowInSeconds) }),
      'signature_forged',
    ],
  ];

  const sendWith = (headersFor: (body: string) => Record<string, string>) => {
    const body = JSON.stringify({ orderId: order.orderId, outcome: 'captured', transactionId: 'txn_forged' });
    const headers = { 'content-type': 'application/json', ...headersFor(body) };
    return anyone.send('POST', '/payment-callbacks', { body, headers });
  };

  test.each(forged)('%s is refused and changes nothing', async (_, headersFor) => {
    await expectRefusal(anyone, () => sendWith(headersFor), 401, 'unauthenticated');
    expect(await outcomeOf(customer.api, order)).toEqual({ status: 'placed' });
  });

  onLocalHost.test.each(forged)('%s is refused, and the log says why', async (_, headersFor, reason) => {
    const before = await loggedReasons();
    expectProblem(await sendWith(headersFor), 401, 'unauthenticated');
    await expect.poll(loggedReasons).toEqual([...before, reason]);
  });
});

test.each([
  ['captured', 'captured', 'confirmed'],
  ['captured', 'declined', 'confirmed'],
  ['declined', 'declined', 'rejected'],
] as const)(
  'after %s, a further callback that says %s is accepted and changes nothing',
  async (first, second, status) => {
    const buyer = await newCustomer(anyone);
    const order = await place(buyer.api, paidWith('tok_silent', line(desk, 1)));
    await untilIdle(anyone);
    expect((await answerPayment(anyone, order, first)).status).toBe(202);
    await untilIdle(anyone);
    const story = await storyOf(buyer.api, order);

    expect((await answerPayment(anyone, order, second)).status).toBe(202);
    await untilIdle(anyone);
    expect(await storyOf(buyer.api, order)).toEqual(story);
    expect(await outcomeOf(buyer.api, order)).toMatchObject({ status });
    await expectEmails(anyone, buyer, [status]);
  },
);

test('callbacks that arrive at once are all accepted, and count once', async () => {
  const buyer = await newCustomer(anyone);
  const order = await place(buyer.api, paidWith('tok_silent', line(desk, 1)));
  await untilIdle(anyone);
  const answers = await Promise.all(Array.from({ length: 8 }, () => answerPayment(anyone, order, 'captured')));
  await untilIdle(anyone);

  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
  const payments = (await storyOf(buyer.api, order)).filter(({ subject }) => subject.startsWith('payment-'));
  expect(payments.map(({ sequence }) => sequence)).toEqual(['0000000001', '0000000002']);
  await expectEmails(anyone, buyer, ['confirmed']);
});

test('a callback about an order that has no payment is not found', async () => {
  expectProblem(await answerPayment(anyone, { orderId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }, 'captured'), 404, 'not_found');
});
