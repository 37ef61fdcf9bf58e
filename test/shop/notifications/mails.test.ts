import { describe, expect, it } from 'vitest';
import { formatMoney } from '../../../lambdas/shop/notifications/money.ts';
import { orderNotifications } from '../../../lambdas/shop/notifications/order-notifications.ts';
import type { OrderEvent } from '../../../lambdas/shop/orders/events.ts';
import type { RecordedEvent } from '../../../lambdas/spine/kernel/envelope.ts';
import { renderMail } from '../../../lambdas/spine/notifications/render.ts';

const placed: OrderEvent = {
  type: 'OrderPlaced',
  data: {
    ...{ orderId: '01J', customerId: 'c', paymentToken: 'tok_ok', currency: 'EUR', total: 2118 },
    lines: [
      { sku: 'A', name: 'Anvil', quantity: 2, unitPrice: 1050 },
      { sku: 'R', name: 'Rope', quantity: 3, unitPrice: 6 },
    ],
  },
  personal: { email: 'ada@customers.example' },
};
const confirmed: OrderEvent = { type: 'OrderConfirmed', data: { transactionId: 't' } };
const shipped: OrderEvent = { type: 'OrderShipped', data: { carrier: 'DHL', trackingNumber: '00340' } };
const cancelled = (reason = 'Changed my mind'): OrderEvent => ({ type: 'OrderCancelled', data: { reason } });
const rejected = (code: string, sku?: string): OrderEvent => ({
  type: 'OrderRejected',
  data: sku === undefined ? { code } : { code, sku },
});

const recorded = (events: readonly OrderEvent[]): RecordedEvent<OrderEvent>[] =>
  events.map((event, index) => ({
    ...event,
    ...{ stream: 'order-01J', version: index + 1, schemaVersion: '1.0.0' },
    ...{ time: '2026-03-01T12:00:00.000Z', correlationId: 'c', causationId: 'x' },
  }));

const mailsOf = (...events: readonly OrderEvent[]) =>
  orderNotifications.in(recorded([placed, ...events])).notifications.map(({ mail }) => mail('ada@customers.example'));

const textAfter = (...events: readonly OrderEvent[]): string | undefined => mailsOf(...events).at(-1)?.text;

describe('the text', () => {
  it('of a confirmed order lists its lines and its total', () => {
    expect(textAfter(confirmed)).toBe(`Your order 01J is confirmed

Thank you for your order. Your payment has gone through, and we are getting everything ready to ship.

2 × Anvil: €21.00
3 × Rope: €0.18
Total: €21.18

We will write again as soon as your order is on its way.
`);
  });

  it.each([
    ['out_of_stock', 'R', 'We do not have enough of Rope in stock. You have not been charged.'],
    ['out_of_stock', undefined, 'We do not have enough of one of its products in stock. You have not been charged.'],
    [
      'payment_declined',
      undefined,
      'Your payment was declined, so you have not been charged. You are welcome to order again and pay another way.',
    ],
    [
      'payment_timeout',
      undefined,
      'Your payment did not go through in time. Should it still do so, we will refund it in full.',
    ],
    ['some_new_reason', undefined, 'If you have been charged for it, we will refund the payment in full.'],
  ])('of an order that is rejected for %s (%s) says why in words', (code, sku, words) => {
    expect(textAfter(rejected(code, sku))).toBe(`We could not accept your order 01J

We are sorry, but we could not accept your order.

${words}
`);
  });

  it('of a shipped order names the carrier and the tracking number', () => {
    expect(textAfter(confirmed, shipped)).toBe(`Your order 01J is on its way

We have handed your order over to the carrier.

Carrier: DHL
Tracking number: 00340

With this number, the carrier can tell you where your order is.
`);
  });

  it('of an order cancelled after it was confirmed names what is refunded', () => {
    expect(textAfter(confirmed, cancelled())).toBe(`Your order 01J is cancelled

Your order is cancelled, and nothing will be shipped.

Reason: Changed my mind

We are refunding the €21.18 that you paid.
`);
  });

  it('of an order cancelled before it was confirmed says what happens to a payment that was taken', () => {
    expect(textAfter(cancelled())).toContain('If you have been charged for it, we will refund the payment in full.');
  });
});

describe('the HTML', () => {
  it('says what the text says', () => {
    expect(mailsOf(confirmed, shipped)[1]?.html).toBe(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Your order 01J is on its way</title>
</head>
<body style="font-family: sans-serif; line-height: 1.5">
<h1 style="font-size: 1.25em">Your order 01J is on its way</h1>
<p>We have handed your order over to the carrier.</p>
<table>
<tr><th scope="row" style="padding-right: 1em; text-align: left">Carrier</th><td>DHL</td></tr>
<tr><th scope="row" style="padding-right: 1em; text-align: left">Tracking number</th><td>00340</td></tr>
</table>
<p>With this number, the carrier can tell you where your order is.</p>
</body>
</html>
`);
  });

  it('has no table where there is nothing to put in one', () => {
    expect(mailsOf(rejected('payment_declined'))[0]?.html).not.toContain('<table>');
  });

  it('shows what people wrote as they wrote it, and runs none of it', () => {
    const [mail] = mailsOf(cancelled(`<img src=x onerror="alert('1')"> & more`));
    expect(mail?.html).toContain('<td>&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; more</td>');
    expect(mail?.text).toContain(`Reason: <img src=x onerror="alert('1')"> & more`);
  });
});

it('tells of each event that customers are told of, and of no other', () => {
  const history: OrderEvent[] = [placed, confirmed, shipped, { type: 'OrderDelivered', data: {} }];
  expect(orderNotifications.in(recorded(history)).notifications.map(({ eventId, kind }) => [eventId, kind])).toEqual([
    ['order-01J@2', 'order-confirmed'],
    ['order-01J@3', 'order-shipped'],
  ]);
});

it('finds no address where the personal data is gone', () => {
  const { personal: _, ...anonymous } = placed as OrderEvent & { personal?: unknown };
  expect(orderNotifications.in(recorded([placed])).to).toBe('ada@customers.example');
  expect(orderNotifications.in(recorded([anonymous as OrderEvent])).to).toBeUndefined();
});

it.each([
  [123_456, 'EUR', '€1,234.56'],
  [5, 'USD', '$0.05'],
  [1_234, 'JPY', '¥1,234'],
  [1_234, 'KWD', 'KWD\u00a01.234'],
  [0, 'GBP', '£0.00'],
  [Number.MAX_SAFE_INTEGER, 'KWD', 'KWD\u00a09,007,199,254,740.991'],
])('writes %d minor units of %s as %s', (amount, currency, written) => {
  expect(formatMoney(amount, currency)).toBe(written);
});

it('tells nothing of an order, and to nobody, that was not placed first', () => {
  for (const history of [[], recorded([confirmed])]) {
    expect(orderNotifications.in(history)).toEqual({ to: undefined, notifications: [] });
  }
});

it('keeps the words of a subject apart that lines divided', () => {
  const content = { subject: 'one\r\ntwo\u2028three', opening: [], rows: [], closing: [] };
  expect(renderMail(content, 'ada@customers.example').subject).toBe('one two three');
});
