// What each e-mail about an order says.
import type { Content, Row } from '../../spine/notifications/template.ts';
import type { OrderEvent } from '../orders/events.ts';
import { formatMoney } from './money.ts';

type DataOf<Type extends OrderEvent['type']> = Extract<OrderEvent, { type: Type }>['data'];
type DataIn<Type extends OrderEvent['type']> = { readonly data: DataOf<Type> };

interface AboutOrder {
  readonly order: DataOf<'OrderPlaced'>;
  readonly isPaid: boolean;
}

export const confirmed = ({ order: { orderId, lines, total, currency } }: AboutOrder): Content => ({
  subject: `Your order ${orderId} is confirmed`,
  opening: ['Thank you for your order. Your payment has gone through, and we are getting everything ready to ship.'],
  rows: [
    ...lines.map(
      ({ name, quantity, unitPrice }): Row => [`${quantity} × ${name}`, formatMoney(quantity * unitPrice, currency)],
    ),
    ['Total', formatMoney(total, currency)],
  ],
  closing: ['We will write again as soon as your order is on its way.'],
});

export const rejected = (
  { order: { orderId, lines } }: AboutOrder,
  { data: { code, sku } }: DataIn<'OrderRejected'>,
): Content => ({
  subject: `We could not accept your order ${orderId}`,
  opening: [
    'We are sorry, but we could not accept your order.',
    reasonInWords(code, lines.find((line) => line.sku === sku)?.name),
  ],
});

function reasonInWords(code: string, productName = 'one of its products'): string {
  switch (code) {
    case 'out_of_stock':
      return `We do not have enough of ${productName} in stock. You have not been charged.`;
    case 'payment_declined':
      return 'Your payment was declined, so you have not been charged. You are welcome to order again and pay another way.';
    case 'payment_timeout':
      return 'Your payment did not go through in time. Should it still do so, we will refund it in full.';
    default:
      return 'If you have been charged for it, we will refund the payment in full.';
  }
}

export const shipped = (
  { order: { orderId } }: AboutOrder,
  { data: { carrier, trackingNumber } }: DataIn<'OrderShipped'>,
): Content => ({
  subject: `Your order ${orderId} is on its way`,
  opening: ['We have handed your order over to the carrier.'],
  rows: [
    ['Carrier', carrier],
    ['Tracking number', trackingNumber],
  ],
  closing: ['With this number, the carrier can tell you where your order is.'],
});

export const cancelled = (
  { order: { orderId, total, currency }, isPaid }: AboutOrder,
  { data: { reason } }: DataIn<'OrderCancelled'>,
): Content => ({
  subject: `Your order ${orderId} is cancelled`,
  opening: ['Your order is cancelled, and nothing will be shipped.'],
  rows: [['Reason', reason]],
  closing: [
    isPaid
      ? `We are refunding the ${formatMoney(total, currency)} that you paid.`
      : 'If you have been charged for it, we will refund the payment in full.',
  ],
});
