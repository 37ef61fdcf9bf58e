// Orders that reserve one of the same product, through its stock streams, as the process manager does.
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import { ulid } from 'ulid';
import { type StockKeeper, stockKeeper } from '../../lambdas/shop/fulfilment/worker/stock.ts';
import { type StockCommand, stockDecider } from '../../lambdas/shop/stock/decider.ts';
import { stockStream } from '../../lambdas/shop/stock/streams.ts';
import { dynamoDbEventStore } from '../../lambdas/spine/aws/dynamodb/event-store.ts';
import { executionPorts } from '../../lambdas/spine/aws/execution.ts';
import type { EventStore } from '../../lambdas/spine/kernel/event-store.ts';
import { executeCommand } from '../../lambdas/spine/kernel/execution/execute-command.ts';
import { loadStream } from '../../lambdas/spine/kernel/execution/stream-state.ts';
import { commandSender } from '../../lambdas/spine/process/command-sender.ts';
import { createEventTable } from '../../test/contract/support/tables.ts';
import { clientOf } from '../dynamodb/client.ts';
import { again, ON_HAND, provenanceOf } from './orders.ts';
import type { Contender } from './race.ts';

const TABLE = 'stock';

export const onOneProduct: Contender = {
  name: 'eventspine, stock streams',
  clientOf,
  createTable: (client) => createEventTable(client, TABLE),
  prepare: (client, sku) => onHead(client, sku, { type: 'ReceiveStock', sku, quantity: ON_HAND, isListed: true }),
  start(client) {
    const store = dynamoDbEventStore(client, TABLE);
    const ports = { ...executionPorts(store), newId: ulid };
    const keeper = stockKeeper(ports, commandSender(ports, ports.newId));
    return (sku) => reserve(keeper, sku);
  },
  async count(client, sku) {
    const store = dynamoDbEventStore(client, TABLE);
    const { opened } = await stockOf(store, sku, 0);
    const numbers = Array.from({ length: opened + 1 }, (_, number) => number);
    const states = await Promise.all(numbers.map((number) => stockOf(store, sku, number)));
    return states.reduce((sum, { reservations }) => sum + Object.keys(reservations).length, 0);
  },
};

/** As staff does before a sale. */
export const onOneProductInSixteen: Contender = {
  ...onOneProduct,
  name: 'eventspine, 16 stock streams opened before',
  createTable: async () => undefined,
  async prepare(client, sku) {
    await onOneProduct.prepare(client, sku);
    await onHead(client, sku, { type: 'OpenStreams', sku, streams: 16, isListed: true });
  },
};

async function onHead(client: DynamoDB, sku: string, command: StockCommand): Promise<void> {
  const id = ulid();
  const request = { stream: stockStream(sku), command, id, provenance: provenanceOf(id) };
  const { kind } = await executeCommand(executionPorts(dynamoDbEventStore(client, TABLE)), stockDecider, request);
  if (kind !== 'done') throw new Error(`${command.type} ended in ${kind}`);
}

const stockOf = async (store: EventStore, sku: string, number: number) =>
  (await loadStream(store, stockDecider, stockStream(sku, number))).state;

/** Where the order is tried is kept over interruptions, as in its process. */
async function reserve(keeper: StockKeeper, sku: string): Promise<boolean> {
  const orderId = ulid();
  let stream = await keeper.firstStream(sku);
  return again(async () => {
    for (;;) {
      const reserved = await keeper.reserve({ sku, orderId, quantity: 1, stream }, provenanceOf(orderId));
      if (reserved.kind !== 'moved') return reserved.kind === 'reserved';
      stream = reserved.to;
    }
  });
}
