// What a sweep is made of, on each implementation that its suites run against.
import { CreateTableCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamoDbEventScan } from '../../../lambdas/spine/aws/dynamodb/event-scan.ts';
import { dynamoDbEventStore } from '../../../lambdas/spine/aws/dynamodb/event-store.ts';
import { dynamoDbReadTable } from '../../../lambdas/spine/aws/dynamodb/read-table.ts';
import { dynamoDbRebuildJobs } from '../../../lambdas/spine/aws/dynamodb/rebuild-jobs.ts';
import { dynamoDbSweptTable } from '../../../lambdas/spine/aws/dynamodb/swept-table.ts';
import { operationsTableKey } from '../../../lambdas/spine/bindings/tables.ts';
import type { EventStore } from '../../../lambdas/spine/kernel/event-store.ts';
import type { ReadIndex } from '../../../lambdas/spine/kernel/projections/projection.ts';
import type { PagedReadTable } from '../../../lambdas/spine/kernel/projections/read-table.ts';
import type { EventScan } from '../../../lambdas/spine/kernel/sweep/event-scan.ts';
import type { RebuildJobs } from '../../../lambdas/spine/kernel/sweep/rebuild-job.ts';
import type { SweptTable } from '../../../lambdas/spine/kernel/sweep/swept-table.ts';
import { inMemoryEventScan } from '../../../lambdas/spine/testing/memory/event-scan.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { inMemoryRebuildJobs } from '../../../lambdas/spine/testing/memory/rebuild-jobs.ts';
import { createReadTable } from './create-read-table.ts';
import { startDynalite } from './dynalite.ts';
import { hasJava, startDynamoDbLocal } from './dynamodb-local.ts';
import { createEventTable, testClient } from './tables.ts';

export interface SweepPeers {
  jobs(): Promise<RebuildJobs>;
  table(index: ReadIndex, name?: string): Promise<SweptTable<unknown> & PagedReadTable<unknown>>;
  events(): Promise<{
    readonly store: EventStore;
    readonly scan: EventScan;
    /** Puts an item in the place of a commit that is none; absent where nothing else can be kept. */
    damage?(stream: string, version: number): Promise<unknown>;
  }>;
  stop(): Promise<void>;
}

interface Implementation {
  readonly name: string;
  readonly isAvailable: boolean;
  start(): Promise<SweepPeers>;
}

export async function createOperationsTable(client: DynamoDBClient, TableName: string): Promise<void> {
  const { partition, sort } = operationsTableKey;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [partition, sort].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: partition, KeyType: 'HASH' },
        { AttributeName: sort, KeyType: 'RANGE' },
      ],
    }),
  );
}

const onDynamoDb = (name: string, isAvailable: boolean, startServer: typeof startDynalite): Implementation => ({
  name,
  isAvailable,
  async start() {
    const { endpoint, stop } = await startServer();
    const client = testClient(endpoint);
    const viewKey = (stream: string) => stream;
    return {
      stop,
      async jobs() {
        await createOperationsTable(client, 'operations');
        return dynamoDbRebuildJobs(client, 'operations');
      },
      async table(index, table = 'rows') {
        await createReadTable(client, table, [index]);
        return {
          ...dynamoDbReadTable(client, table, viewKey),
          ...dynamoDbSweptTable(client, table, { viewKey, indexes: [index] }),
        };
      },
      async events() {
        await createEventTable(client, 'events');
        return {
          ...{ store: dynamoDbEventStore(client, 'events'), scan: dynamoDbEventScan(client, 'events') },
          damage: (stream, version) =>
            client.send(
              new PutItemCommand({
                TableName: 'events',
                Item: { stream: { S: stream }, version: { N: `${version}` } },
              }),
            ),
        };
      },
    };
  },
});

export const sweepPeers: readonly Implementation[] = [
  {
    name: 'in memory',
    isAvailable: true,
    async start() {
      const store = inMemoryEventStore();
      return {
        jobs: async () => inMemoryRebuildJobs(),
        table: async () => inMemoryReadTable<unknown>(),
        events: async () => ({ store, scan: inMemoryEventScan(store, 7) }),
        stop: async () => {},
      };
    },
  },
  onDynamoDb('DynamoDB on dynalite', true, startDynalite),
  onDynamoDb('DynamoDB on DynamoDB Local', hasJava(), startDynamoDbLocal),
];
