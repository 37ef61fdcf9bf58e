// Which events of an order its customer is told of by e-mail.
import { notifications } from '../../spine/notifications/declaration.ts';
import { orderEvents } from '../orders/events.ts';
import { cancelled, confirmed, rejected, shipped } from './templates.ts';

export const orderNotifications = notifications({
  category: 'order',
  codec: orderEvents,
  about(history) {
    const [placed] = history;
    if (placed?.type !== 'OrderPlaced') return undefined;
    // A confirmed order was paid for.
    const isPaid = history.some(({ type }) => type === 'OrderConfirmed');
    return { to: placed.personal?.email, order: placed.data, isPaid };
  },
  triggers: {
    OrderConfirmed: { kind: 'order-confirmed', template: confirmed },
    OrderRejected: { kind: 'order-rejected', template: rejected },
    OrderShipped: { kind: 'order-shipped', template: shipped },
    OrderCancelled: { kind: 'order-cancelled', template: cancelled },
  },
});
