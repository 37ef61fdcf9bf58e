// Every command on a payment in every stage: what the provider says is recorded once, and what is over stays over.
import { expect, it } from 'vitest';
import { type PaymentCommand, paymentDecider } from '../../../lambdas/shop/payments/decider.ts';
import type { PaymentEvent } from '../../../lambdas/shop/payments/events.ts';
import { accept } from '../../../lambdas/spine/kernel/decider.ts';
import { given } from '../../../lambdas/spine/testing/given.ts';

const payment = given(paymentDecider);
const data = { orderId: 'O', amount: 5, currency: 'EUR', paymentToken: 'tok_ok' };
const requested: PaymentEvent = { type: 'PaymentRequested', data };
const captured: PaymentEvent = { type: 'PaymentCaptured', data: { transactionId: 't' } };
const declined: PaymentEvent = { type: 'PaymentDeclined', data: {} };
const abandoned: PaymentEvent = { type: 'PaymentAbandoned', data: {} };
const refunded: PaymentEvent = { type: 'PaymentRefunded', data: { transactionId: 't' } };
const failed: PaymentEvent = { type: 'RefundFailed', data: { transactionId: 't', refundId: 'r' } };

const stages: Readonly<Record<string, readonly PaymentEvent[]>> = {
  none: [],
  requested: [requested],
  captured: [requested, captured],
  declined: [requested, declined],
  abandoned: [abandoned],
  refunded: [requested, captured, refunded],
  'refund-failed': [requested, captured, refunded, failed],
};

const commands: readonly PaymentCommand[] = [
  { type: 'RequestPayment', ...data },
  { type: 'RecordCapture', orderId: 'O', transactionId: 't' },
  { type: 'RecordDecline', orderId: 'O' },
  { type: 'AbandonPayment', orderId: 'O' },
  { type: 'RecordRefund', orderId: 'O' },
  { type: 'RecordRefundFailure', orderId: 'O', refundId: 'r' },
];

const rejected = (kind: string, code: string, detail: string) => ({
  kind: 'rejected',
  rejection: { kind, code, detail },
});
const missing = rejected('missing', 'not_found', 'There is no payment for order O.');
const ended = rejected('rule', 'payment_abandoned', 'The order has ended.');
const nothing = accept();

/** In the order of the commands. */
const decisions: Readonly<Record<string, readonly object[]>> = {
  none: [accept(requested), missing, missing, accept(abandoned), missing, missing],
  requested: [nothing, accept(captured), accept(declined), accept(abandoned), nothing, nothing],
  captured: [nothing, nothing, nothing, nothing, accept(refunded), accept(failed)],
  declined: [nothing, accept(captured), nothing, nothing, nothing, nothing],
  abandoned: [ended, accept(captured), nothing, nothing, nothing, nothing],
  refunded: [nothing, nothing, nothing, nothing, nothing, accept(failed)],
  'refund-failed': [nothing, nothing, nothing, nothing, nothing, nothing],
};

it.each(Object.keys(stages))('decides on a payment that is %s', (stage) => {
  const history = stages[stage] ?? [];
  expect(history.reduce(paymentDecider.evolve, paymentDecider.initialState)).toMatchObject({ stage });
  expect(commands.map((command) => payment(...history).when(command))).toEqual(decisions[stage]);
});
