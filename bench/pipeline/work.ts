// The events that go through the pipeline: orders' lives, so many events each, their commits in turn as busy streams have them.
import { randomInt, randomUUID } from 'node:crypto';
import { ulid } from 'ulid';
import { type OrderEvent, orderEvents } from '../../lambdas/shop/orders/events.ts';
import type { Commit } from '../../lambdas/spine/kernel/envelope.ts';

const CUSTOMERS = Array.from({ length: 500 }, () => randomUUID());
const SKUS = Array.from({ length: 200 }, () => `SKU-${ulid()}`);

const oneOf = (values: readonly string[]): string => values[randomInt(values.length)] ?? '';

function placed(orderId: string, customerId: string): OrderEvent {
  const lines = [{ sku: oneOf(SKUS), name: 'Walnut desk', quantity: 1, unitPrice: 12_500 }];
  const data = { orderId, customerId, lines, total: 12_500, currency: 'EUR', paymentToken: 'tok_ok' };
  return { type: 'OrderPlaced', data, personal: { email: `${customerId}@example.com` } };
}

const delivered = (): OrderEvent => ({ type: 'OrderDelivered', data: {} });

/** What follows; over again in a stream that has more events than an order's life. */
const later = [
  (): OrderEvent => ({ type: 'OrderConfirmed', data: { transactionId: `txn_${ulid()}` } }),
  (): OrderEvent => ({
    type: 'OrderShipped',
    data: { carrier: 'DHL', trackingNumber: String(randomInt(10 ** 12)).padStart(12, '0') },
  }),
  delivered,
];

/** One event a commit, the streams in turn, two milliseconds apart. */
export function orderCommits(events: number, streams: number): readonly Commit[] {
  const start = Date.parse('2026-01-01T00:00:00.000Z');
  const orders = Array.from({ length: streams }, (_, index) => ({
    ...{ orderId: ulid(start + index), customerId: oneOf(CUSTOMERS) },
  }));
  return Array.from({ length: events }, (_, index) => {
    const { orderId, customerId } = orders[index % streams] ?? { orderId: '', customerId: '' };
    const version = Math.floor(index / streams) + 1;
    const next = later[(version - 2) % later.length] ?? delivered;
    const event = version === 1 ? placed(orderId, customerId) : next();
    const time = start + index * 2;
    const id = ulid(time);
    return {
      ...{ stream: `order-${orderId}`, version, id, time: new Date(time).toISOString(), correlationId: ulid(time) },
      causationId: version === 1 ? id : `fulfilment-${orderId}@${version}`,
      ...(version === 1 && { actor: customerId }),
      events: [orderEvents.encode(event)],
    };
  });
}
