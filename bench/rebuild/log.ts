// An event table as a shop leaves it: of each order its own stream, and those of what followed from it.
import { BatchWriteItemCommand, type DynamoDBClient, type WriteRequest } from '@aws-sdk/client-dynamodb';
import pMap from 'p-map';
import { orderEvents } from '../../lambdas/shop/orders/events.ts';
import { commitToItem } from '../../lambdas/spine/aws/dynamodb/commit-item.ts';
import type { Commit, StoredEvent } from '../../lambdas/spine/kernel/envelope.ts';

/** Events of one order's streams, each in a commit of its own. */
export const EVENTS_OF_AN_ORDER = 16;
const OTHERS = { fulfilment: 4, payment: 2, stock: 2, notification: 4 } as const;

const WRITES_IN_A_CALL = 25;

const lines = [{ sku: 'SKU-1', name: 'Walnut desk', quantity: 2, unitPrice: 12_500 }];
const placed = (orderId: string) => ({
  ...{ orderId, customerId: `customer-${orderId.slice(-3)}`, lines, total: 25_000, currency: 'EUR' },
  paymentToken: 'tok_ok',
});

const ofOrder = (orderId: string): StoredEvent[] =>
  [
    { type: 'OrderPlaced', data: placed(orderId) },
    { type: 'OrderConfirmed', data: { transactionId: 'tx_1234567890' } },
    { type: 'OrderShipped', data: { carrier: 'DHL', trackingNumber: 'JD014600003828392837' } },
    { type: 'OrderDelivered', data: {} },
  ].map((event) => orderEvents.encode(event as Parameters<typeof orderEvents.encode>[0]));

const something: StoredEvent = { type: 'Something', schemaVersion: '1.0.0', data: { note: 'x'.repeat(150), lines } };

export function commitsOf(order: number): Commit[] {
  const orderId = `01K9XJ6T5N3V8Q${String(order).padStart(12, '0')}`;
  const streamed = (category: string, events: readonly StoredEvent[]) =>
    events.map(
      (event, at): Commit => ({
        ...{ stream: `${category}-${orderId}`, version: at + 1, id: `${category}-${orderId}-${at}`, events: [event] },
        ...{ time: '2026-01-01T00:00:00.000Z', correlationId: orderId, causationId: orderId, actor: 'customer' },
        riders: { state: new Uint8Array(150) },
      }),
    );
  return [
    ...streamed('order', ofOrder(orderId)),
    ...Object.entries(OTHERS).flatMap(([category, count]) => streamed(category, Array(count).fill(something))),
  ];
}

export async function fillLog(client: DynamoDBClient, tableName: string, orders: number): Promise<void> {
  await pMap(
    Array.from({ length: orders }, (_, order) => order),
    async (order) => {
      let left: WriteRequest[] = commitsOf(order).map((commit) => ({ PutRequest: { Item: commitToItem(commit) } }));
      while (left.length > 0) {
        const RequestItems = { [tableName]: left.slice(0, WRITES_IN_A_CALL) };
        const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems }));
        left = [...(UnprocessedItems?.[tableName] ?? []), ...left.slice(WRITES_IN_A_CALL)];
      }
    },
    { concurrency: 8 },
  );
}
