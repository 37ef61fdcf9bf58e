// The implementations that the read-table suite runs against.
import { dynamoDbReadTable } from '../../../lambdas/spine/aws/dynamodb/read-table.ts';
import type { ReadIndex } from '../../../lambdas/spine/kernel/projections/projection.ts';
import type { PagedReadTable } from '../../../lambdas/spine/kernel/projections/read-table.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { createReadTable } from './create-read-table.ts';
import { startDynalite } from './dynalite.ts';
import { hasJava, startDynamoDbLocal } from './dynamodb-local.ts';
import { testClient } from './tables.ts';

interface Implementation {
  readonly name: string;
  /** Whether this machine has what it needs. */
  readonly isAvailable: boolean;
  /** Gives a new, empty table with that index and those keys each time. */
  start(index: ReadIndex, viewKey: (stream: string) => string): Promise<<View>() => Promise<PagedReadTable<View>>>;
  stop(): Promise<void>;
}

function onDynamoDb(name: string, isAvailable: boolean, startServer: typeof startDynalite): Implementation {
  let stopServer: () => Promise<void> = async () => {};
  return {
    name,
    isAvailable,
    async start(index, viewKey) {
      const { endpoint, stop } = await startServer();
      stopServer = stop;
      const client = testClient(endpoint);
      let tables = 0;
      return async <View>() => {
        const tableName = `rows-${tables++}`;
        await createReadTable(client, tableName, [index]);
        return dynamoDbReadTable<View>(client, tableName, viewKey);
      };
    },
    stop: () => stopServer(),
  };
}

export const readTables: readonly Implementation[] = [
  {
    name: 'in memory',
    isAvailable: true,
    start:
      async (_, viewKey) =>
      async <View>() =>
        inMemoryReadTable<View>(viewKey),
    stop: async () => {},
  },
  onDynamoDb('DynamoDB on dynalite', true, startDynalite),
  onDynamoDb('DynamoDB on DynamoDB Local', hasJava(), startDynamoDbLocal),
];
