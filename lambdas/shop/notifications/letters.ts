// What each e-mail says: one template a kind.
import { formatMoney } from './money.ts';
import type { MailedEvent, Occasion, PlacedOrder } from './occasions.ts';

/** An e-mail before it is rendered, in the order of its parts. */
export interface Letter {
  readonly subject: string;
  readonly opening: readonly string[];
  readonly rows: readonly Row[];
  readonly closing: readonly string[];
}

type Row = readonly [label: string, value: string];
type DataOf<Type extends MailedEvent['type']> = Extract<MailedEvent, { type: Type }>['data'];

export function letterFor({ event, order, isPaid }: Occasion): Letter {
  switch (event.type) {
    case 'OrderConfirmed':
      return confirmed(order);
    case 'OrderRejected':
      return rejected(order, event.data);
    case 'OrderShipped':
      return shipped(order, event.data);
    case 'OrderCancelled':
      return cancelled(order, event.data, isPaid);
    default:
      return event satisfies never;
  }
}

const confirmed = ({ orderId, lines, total, currency }: PlacedOrder): Letter => ({
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

const rejected = ({ orderId, lines }: PlacedOrder, { code, sku }: DataOf<'OrderRejected'>): Letter => ({
  subject: `We could not accept your order ${orderId}`,
  opening: [
    'We are sorry, but we could not accept your order.',
    reasonInWords(code, lines.find((line) => line.sku === sku)?.name),
  ],
  rows: [],
  closing: [],
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

const shipped = ({ orderId }: PlacedOrder, { carrier, trackingNumber }: DataOf<'OrderShipped'>): Letter => ({
  subject: `Your order ${orderId} is on its way`,
  opening: ['We have handed your order over to the carrier.'],
  rows: [
    ['Carrier', carrier],
    ['Tracking number', trackingNumber],
  ],
  closing: ['With this number, the carrier can tell you where your order is.'],
});

const cancelled = (
  { orderId, total, currency }: PlacedOrder,
  { reason }: DataOf<'OrderCancelled'>,
  isPaid: boolean,
): Letter => ({
  subject: `Your order ${orderId} is cancelled`,
  opening: ['Your order is cancelled, and nothing will be shipped.'],
  rows: [['Reason', reason]],
  closing: [
    isPaid
      ? `We are refunding the ${formatMoney(total, currency)} that you paid.`
      : 'If you have been charged for it, we will refund the payment in full.',
  ],
});
