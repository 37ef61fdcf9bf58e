// The implementations that the event-store suite runs against.
import { dynamoDbEventStore } from '../../../lambdas/adapters/dynamodb/event-store.ts';
import type { EventStore } from '../../../lambdas/kernel/event-store.ts';
import { inMemoryEventStore } from '../../support/memory/event-store.ts';
import { startDynalite } from './dynalite.ts';
import { hasJava, startDynamoDbLocal } from './dynamodb-local.ts';
import { createEventTable, testClient } from './tables.ts';

interface Implementation {
  readonly name: string;
  /** Whether a conflict carries the commit that won. */
  readonly givesWinner: boolean;
  start(): Promise<EventStore>;
  stop(): Promise<void>;
}

function onDynamoDb(name: string, givesWinner: boolean, startServer: typeof startDynalite): Implementation {
  let stopServer: () => Promise<void> = async () => {};
  return {
    name,
    givesWinner,
    async start() {
      const { endpoint, stop } = await startServer();
      stopServer = stop;
      const client = testClient(endpoint);
      await createEventTable(client, 'events');
      return dynamoDbEventStore(client, 'events');
    },
    stop: () => stopServer(),
  };
}

export const eventStores: readonly Implementation[] = [
  { name: 'in memory', givesWinner: true, start: async () => inMemoryEventStore(), stop: async () => {} },
  onDynamoDb('DynamoDB on dynalite', false, startDynalite),
  ...(hasJava() ? [onDynamoDb('DynamoDB on DynamoDB Local', true, startDynamoDbLocal)] : []),
];
