// What a command costs at the event table: requests and write units, counted at the client.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { orderDecider } from '../../lambdas/shop/orders/decider.ts';
import { dynamoDbEventStore } from '../../lambdas/spine/aws/dynamodb/event-store.ts';
import type { EventStore } from '../../lambdas/spine/kernel/event-store.ts';
import { run } from '../support/commands.ts';
import { productDecider } from '../support/stocked-product.ts';
import { type Call, countCalls } from './support/counted-calls.ts';
import { startDynalite } from './support/dynalite.ts';
import { createEventTable, testClient } from './support/tables.ts';

let client: DynamoDBClient;
let store: EventStore;
let stop: () => Promise<void>;
let calls: Call[];

beforeAll(async () => {
  const server = await startDynalite();
  stop = server.stop;
  client = testClient(server.endpoint);
  await createEventTable(client, 'events');
  store = dynamoDbEventStore(client, 'events');
  calls = countCalls(client);
});
afterAll(() => stop());
beforeEach(() => {
  calls.length = 0;
});

const names = () => calls.map(({ name }) => name);
const listed = { type: 'ListProduct', sku: 'A', name: 'Anvil', unitPrice: 100, currency: 'EUR' } as const;
const product = { name: 'Anvil', unitPrice: 100, currency: 'EUR' };

const place = (orderId: string) =>
  ({
    type: 'PlaceOrder',
    orderId,
    customerId: 'c',
    paymentToken: 'tok_ok',
    lines: [{ sku: 'A', quantity: 1, product }],
  }) as const;

it('starts a stream with one PutItem, no Query, and one write unit', async () => {
  await run(store, orderDecider, 'order-1', place('1'), { createsStream: true });
  expect(calls).toEqual([{ name: 'PutItemCommand', units: 1 }]);
});

it('changes a stream with one Query and one PutItem of one write unit', async () => {
  await run(store, productDecider, 'product-cost', listed, { createsStream: true });
  calls.length = 0;
  await run(
    store,
    productDecider,
    'product-cost',
    { type: 'ReceiveStock', sku: 'A', quantity: 1 },
    { key: 'k'.repeat(128) },
  );
  expect(names()).toEqual(['QueryCommand', 'PutItemCommand']);
  expect(calls[1]?.units).toBe(1);
});

it('loads a stream of any length with snapshots in one Query', async () => {
  await run(store, productDecider, 'product-long', listed, { createsStream: true });
  for (let count = 0; count < 130; count += 1) {
    await run(store, productDecider, 'product-long', { type: 'ReceiveStock', sku: 'A', quantity: 1 });
  }
  calls.length = 0;
  await run(store, productDecider, 'product-long', { type: 'ReceiveStock', sku: 'A', quantity: 1 });
  expect(names()).toEqual(['QueryCommand', 'PutItemCommand']);
});

it('pays one more of each for a conflict', async () => {
  await run(store, productDecider, 'product-race', listed, { createsStream: true });
  let raced = false;
  const racing: EventStore = {
    ...store,
    append: async (commit) => {
      if (!raced) {
        raced = true;
        await run(store, productDecider, 'product-race', { type: 'ChangePrice', sku: 'A', unitPrice: 1 });
        calls.length = 0;
      }
      return store.append(commit);
    },
  };
  const outcome = await run(racing, productDecider, 'product-race', { type: 'ReceiveStock', sku: 'A', quantity: 1 });
  expect(outcome).toMatchObject({ kind: 'done', version: 3 });
  expect(names()).toEqual(['PutItemCommand', 'QueryCommand', 'PutItemCommand']);
});

it('answers a repeated key with reads alone: of the stream, and of the commit that has the key whole', async () => {
  const command = { type: 'ReceiveStock', sku: 'A', quantity: 1 } as const;
  await run(store, productDecider, 'product-repeat', listed, { createsStream: true });
  await run(store, productDecider, 'product-repeat', command, { key: 'once' });
  calls.length = 0;
  await run(store, productDecider, 'product-repeat', command, { key: 'once' });
  expect(names()).toEqual(['QueryCommand', 'QueryCommand']);
});
