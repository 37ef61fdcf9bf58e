// Read tables on a DynamoDB-compatible endpoint, with the indexes of their projections.
import { CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readTableKey } from '../../../lambdas/bindings/tables.ts';
import type { Projection } from '../../../lambdas/kernel/projection.ts';

export async function createReadTable<View>(client: DynamoDBClient, projection: Projection<View>): Promise<void> {
  const { name, indexes } = projection;
  const attributes = new Set([
    readTableKey.partition,
    ...indexes.flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]),
  ]);
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [{ AttributeName: readTableKey.partition, KeyType: 'HASH' }],
      ...(indexes.length > 0 && {
        GlobalSecondaryIndexes: indexes.map(({ name: IndexName, partitionKey, sortKey, keysOnly }) => ({
          IndexName,
          KeySchema: [
            { AttributeName: partitionKey, KeyType: 'HASH' },
            { AttributeName: sortKey, KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: keysOnly === true ? 'KEYS_ONLY' : 'ALL' },
        })),
      }),
    }),
  );
}
