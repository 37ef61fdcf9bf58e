// The implementations that the event-store suite runs against.
import { dynamoDbEventStore } from '../../../lambdas/spine/aws/dynamodb/event-store.ts';
import type { EventStore } from '../../../lambdas/spine/kernel/event-store.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { startDynalite } from './dynalite.ts';
import { hasJava, startDynamoDbLocal } from './dynamodb-local.ts';
import { createEventTable, testClient } from './tables.ts';

interface Implementation {
  readonly name: string;
  /** Whether a conflict carries the commit that won. */
  readonly givesWinner: boolean;
  /** Whether this machine has what it needs. */
  readonly isAvailable: boolean;
  start(): Promise<EventStore>;
  stop(): Promise<void>;
}

function onDynamoDb(
  name: string,
  { givesWinner, isAvailable = true }: { givesWinner: boolean; isAvailable?: boolean },
  startServer: typeof startDynalite,
): Implementation {
  let stopServer: () => Promise<void> = async () => {};
  return {
    name,
    givesWinner,
    isAvailable,
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
  {
    name: 'in memory',
    givesWinner: true,
    isAvailable: true,
    start: async () => inMemoryEventStore(),
    stop: async () => {},
  },
  onDynamoDb('DynamoDB on dynalite', { givesWinner: false }, startDynalite),
  onDynamoDb('DynamoDB on DynamoDB Local', { givesWinner: true, isAvailable: hasJava() }, startDynamoDbLocal),
];
