// A read table on a DynamoDB-compatible endpoint, with its indexes.
import { CreateTableCommand, type DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { readTableKey } from '../../../lambdas/spine/bindings/tables.ts';
import type { ReadIndex } from '../../../lambdas/spine/kernel/projections/projection.ts';

export async function createReadTable(
  client: DynamoDBClient,
  TableName: string,
  indexes: readonly ReadIndex[],
): Promise<void> {
  const attributes = new Set([
    readTableKey.partition,
    readTableKey.sort,
    ...indexes.flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]),
  ]);
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: readTableKey.partition, KeyType: 'HASH' },
        { AttributeName: readTableKey.sort, KeyType: 'RANGE' },
      ],
      ...(indexes.length > 0 && {
        GlobalSecondaryIndexes: indexes.map(({ name, partitionKey, sortKey, keysOnly }) => ({
          IndexName: name,
          KeySchema: [
            { AttributeName: partitionKey, KeyType: 'HASH' },
            { AttributeName: sortKey, KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: keysOnly === true ? 'KEYS_ONLY' : 'ALL' },
        })),
      }),
    }),
  );
  await waitUntilTableExists({ client, minDelay: 1, maxDelay: 1, maxWaitTime: 10 }, { TableName });
}
