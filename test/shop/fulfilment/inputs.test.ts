// What the process hears in the events of orders and payments: in those that it leads to itself, nothing.
import { expect, it } from 'vitest';
import { inputOf } from '../../../lambdas/shop/fulfilment/inputs.ts';
import { order } from './stages.ts';

const placed = {
  ...order,
  customerId: 'c',
  lines: order.lines.map((line) => ({ ...line, name: 'Thing', unitPrice: 5 })),
};
const transactionId = 't';

it.each([
  ['OrderPlaced', placed, { type: 'OrderPlaced', order }],
  ['OrderCancelled', { reason: 'r' }, { type: 'OrderCancelled' }],
  ['OrderShipped', { carrier: 'c', trackingNumber: '1' }, { type: 'OrderShipped' }],
  ['PaymentDeclined', {}, { type: 'PaymentDeclined' }],
  ['PaymentCaptured', { transactionId }, { type: 'PaymentCaptured', transactionId }],
  ['OrderConfirmed', { transactionId }, undefined],
  ['OrderRejected', { code: 'out_of_stock' }, undefined],
  ['OrderDelivered', {}, undefined],
  ['OrderRefunded', { transactionId }, undefined],
  ['PaymentRequested', { orderId: 'O', amount: 15, currency: 'EUR', paymentToken: 'tok_ok' }, undefined],
  ['PaymentAbandoned', {}, undefined],
  ['PaymentRefunded', { transactionId }, undefined],
  ['RefundFailed', { transactionId, refundId: 'r' }, undefined],
])('%s', (type, data, input) => {
  expect(inputOf({ type, data } as Parameters<typeof inputOf>[0])).toEqual(input);
});
