// A shop in which every route has as much to read as it can have.
import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { customerOrders } from '../../../lambdas/shop/orders/customer-orders.ts';
import { orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import { catalogue } from '../../../lambdas/shop/products/catalogue.ts';
import { productDecider } from '../../../lambdas/shop/products/decider.ts';
import { stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import type { EventStore } from '../../../lambdas/spine/kernel/event-store.ts';
import { fulfilmentWorld } from '../../shop/fulfilment/world.ts';
import { run } from '../../support/commands.ts';

export const CUSTOMER = 'f3a4c8d2-50a1-70f5-9f6d-0d6c5a8c2b11';
export const OPEN_ORDERS = 50;
const skus = Array.from({ length: 100 }, (_, index) => `SKU-${index}`);
export const lines = skus.map((sku) => ({ sku, quantity: 1 }));
export const product = { name: 'Walnut desk', unitPrice: 12_500, currency: 'EUR' };

/** An order of 100 lines, fulfilled and shipped. */
export async function fulfilLargeOrder(store: EventStore): Promise<void> {
  const world = fulfilmentWorld();
  for (const sku of skus) {
    const stream = `product-${sku}`;
    await run(world.store, productDecider, stream, { type: 'ListProduct', sku, ...product });
    await run(world.store, stockDecider, `stock-${sku}`, { type: 'ReceiveStock', sku, quantity: 9, isListed: true });
  }
  const place = {
    type: 'PlaceOrder',
    ...{ orderId: 'LARGE', customerId: 'alice', paymentToken: 'tok_ok' },
    lines: lines.map((line) => ({ ...line, product })),
  } as const;
  await run(world.store, orderDecider, 'order-LARGE', place);
  await world.settle();
  const ship = { type: 'ShipOrder', orderId: 'LARGE', carrier: 'DHL', trackingNumber: '1' } as const;
  await run(world.store, orderDecider, 'order-LARGE', ship);
  await world.settle();
  for (const commit of world.commits) await store.append(commit);
}

export async function startStreams(store: EventStore): Promise<void> {
  for (const at of [0, 1, 2, 3, 4]) {
    await run(store, productDecider, `product-NEW-${at}`, { type: 'ListProduct', sku: `NEW-${at}`, ...product });
  }
  const requested = [{ sku: 'SKU-0', quantity: 1, product }];
  for (const orderId of ['NEW-0', 'NEW-1', 'NEW-2', 'NEW-3', 'NEW-4', 'CANCELLED', 'SHIPPED', 'DELIVERED', 'READ']) {
    const place = {
      type: 'PlaceOrder',
      orderId,
      customerId: 'alice',
      paymentToken: 'tok_ok',
      lines: requested,
    } as const;
    await run(store, orderDecider, `order-${orderId}`, place);
  }
  for (const orderId of ['SHIPPED', 'DELIVERED']) {
    await run(store, orderDecider, `order-${orderId}`, { type: 'ConfirmOrder', orderId, transactionId: 't' });
  }
  const ship = { type: 'ShipOrder', orderId: 'DELIVERED', carrier: 'DHL', trackingNumber: '1' } as const;
  await run(store, orderDecider, 'order-DELIVERED', ship);
}

/** More orders of one customer than a page goes through, none of them rejected, and as many open ones as a customer may have. */
export async function fillCustomerOrders(client: DynamoDBClient): Promise<void> {
  const rows = Array.from({ length: 1_300 }, (_, at) => {
    const status = at < OPEN_ORDERS ? ('placed' as const) : ('delivered' as const);
    const orderId = `01HISTORY000000000000${String(at).padStart(5, '0')}`;
    const placedAt = new Date(Date.UTC(2025, 0, 1) + at * 60_000).toISOString();
    const customerId = CUSTOMER;
    const part = { orderId, customerId, status, total: 12_500, currency: 'EUR', placedAt };
    const row = { stream: `order-${orderId}`, version: 4, generation: customerOrders.generation, part };
    return { view: row.stream, ...row, ...customerOrders.indexKeys(part) };
  });
  await writeRows(client, customerOrders.name, rows);
}

/** More products than a page shows. */
export async function fillCatalogue(client: DynamoDBClient): Promise<void> {
  const rows = Array.from({ length: 120 }, (_, at) => {
    const part = { sku: `HISTORY-${at}`, ...product, available: 9 };
    const stream = `product-HISTORY-${at}`;
    return { view: stream, stream, version: 4, generation: catalogue.generation, part };
  });
  await writeRows(client, catalogue.name, rows);
}

async function writeRows(client: DynamoDBClient, table: string, rows: readonly object[]): Promise<void> {
  const writes = rows.map((row) => ({ PutRequest: { Item: marshall(row) } }));
  for (let start = 0; start < writes.length; start += 25) {
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: writes.slice(start, start + 25) } }));
  }
}
