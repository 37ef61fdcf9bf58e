// The same orders at the reference commit, where a product's stock is in the product's one stream.
import type * as Sdk from '@aws-sdk/client-dynamodb';
import { ulid } from 'ulid';
import type * as Store from '../../lambdas/spine/aws/dynamodb/event-store.ts';
import type * as Execution from '../../lambdas/spine/aws/execution.ts';
import type { Decider } from '../../lambdas/spine/kernel/decider.ts';
import type { DomainEvent, Provenance } from '../../lambdas/spine/kernel/envelope.ts';
import type * as Execute from '../../lambdas/spine/kernel/execution/execute-command.ts';
import type * as Stream from '../../lambdas/spine/kernel/execution/stream-state.ts';
import { createEventTable } from '../../test/contract/support/tables.ts';
import { clientConfig } from '../dynamodb/client.ts';
import type { Reference } from '../suite/reference.ts';
import { again, ON_HAND, provenanceOf } from './orders.ts';
import type { Contender } from './race.ts';

const TABLE = 'stock-before';

type Command = { readonly type: string; readonly sku: string } & Readonly<Record<string, unknown>>;
type State = { readonly reservations: Readonly<Record<string, number>> };

/** What that commit's modules had that is used here. */
interface Product {
  readonly productDecider: Decider<Command, DomainEvent, State>;
}
interface Sender {
  commandSender(
    ports: Execute.ExecutionPorts,
    newId: () => string,
  ): {
    send(
      decider: Product['productDecider'],
      id: string,
      command: Command,
      cause: Provenance,
    ): Promise<{ kind: string }>;
  };
}

const streamOf = (sku: string): string => `product-${sku}`;

export async function onOneProductBefore(reference: Reference): Promise<Contender> {
  const { DynamoDB } = reference.require<typeof Sdk>('@aws-sdk/client-dynamodb');
  const { dynamoDbEventStore } = await reference.load<typeof Store>('lambdas/adapters/dynamodb/event-store.ts');
  const { executionPorts } = await reference.load<typeof Execution>('lambdas/adapters/execution.ts');
  const { executeCommand } = await reference.load<typeof Execute>('lambdas/kernel/execute-command.ts');
  const { loadStream } = await reference.load<typeof Stream>('lambdas/kernel/stream-state.ts');
  const { productDecider } = await reference.load<Product>('lambdas/domain/product/decider.ts');
  const { commandSender } = await reference.load<Sender>('lambdas/functions/order-fulfilment/commands.ts');
  return {
    name: `eventspine at ${reference.commit}`,
    clientOf: (endpoint) => new DynamoDB(clientConfig(endpoint)),
    createTable: (client) => createEventTable(client, TABLE),
    async prepare(client, sku) {
      const ports = executionPorts(dynamoDbEventStore(client, TABLE));
      for (const command of [
        { type: 'ListProduct', sku, name: 'Anvil', unitPrice: 100, currency: 'EUR' },
        { type: 'ReceiveStock', sku, quantity: ON_HAND },
      ]) {
        const id = ulid();
        await executeCommand(ports, productDecider, {
          stream: streamOf(sku),
          command,
          id,
          provenance: provenanceOf(id),
        });
      }
    },
    start(client) {
      const sender = commandSender(executionPorts(dynamoDbEventStore(client, TABLE)), ulid);
      return (sku) => {
        const orderId = ulid();
        const command = { type: 'ReserveStock', sku, orderId, quantity: 1 };
        return again(async () => {
          const sent = await sender.send(productDecider, sku, command, provenanceOf(orderId));
          return sent.kind !== 'rejected';
        });
      };
    },
    async count(client, sku) {
      const { state } = await loadStream(dynamoDbEventStore(client, TABLE), productDecider, streamOf(sku));
      return Object.keys(state.reservations).length;
    },
  };
}
