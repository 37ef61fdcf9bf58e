// A customer's orders that await payment, counted in their index on the real wire.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerOrders, type OrderSummary, openByCustomer } from '../../lambdas/shop/orders/customer-orders.ts';
import { dynamoDbReadTable } from '../../lambdas/spine/aws/dynamodb/read-table.ts';
import { countRows } from '../../lambdas/spine/aws/dynamodb/row-count.ts';
import { createReadTable } from './support/create-read-table.ts';
import { startDynalite } from './support/dynalite.ts';
import { testClient } from './support/tables.ts';

let client: DynamoDBClient;
let stop: () => Promise<void>;

beforeAll(async () => {
  const server = await startDynalite();
  stop = server.stop;
  client = testClient(server.endpoint);
  await createReadTable(client, customerOrders.name, customerOrders.indexes);
});
afterAll(() => stop());

async function project(orderId: string, customerId: string, status: OrderSummary['status'], version: number) {
  const part = { orderId, customerId, status, total: 1, currency: 'EUR', placedAt: '2026-01-01T00:00:00.000Z' };
  const row = { stream: `order-${orderId}`, version, generation: customerOrders.generation, part };
  await dynamoDbReadTable<OrderSummary>(client, customerOrders.name, customerOrders.viewKey).put(
    row,
    customerOrders.indexKeys(part),
  );
}

const open = (partition: string, atMost = 50) =>
  countRows(client, customerOrders.name, { index: openByCustomer, partition, atMost });

it('are those that are placed and have gone no further, of that customer, and no more than asked for', async () => {
  for (const orderId of ['A', 'B', 'C', 'D']) await project(orderId, 'alice', 'placed', 1);
  await project('E', 'bob', 'placed', 1);
  expect(await Promise.all([open('alice'), open('bob'), open('carol'), open('alice', 3)])).toEqual([4, 1, 0, 3]);
  for (const [orderId, status] of [
    ['A', 'confirmed'],
    ['B', 'rejected'],
    ['C', 'cancelled'],
  ] as const)
    await project(orderId, 'alice', status, 2);
  expect(await open('alice')).toBe(1);
});
