// An event table on a DynamoDB-compatible endpoint.
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { eventTableKey } from '../../../lambdas/spine/bindings/tables.ts';

export const testClient = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 10,
  });

export async function createEventTable(client: DynamoDBClient, tableName: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: eventTableKey.partition, AttributeType: 'S' },
        { AttributeName: eventTableKey.sort, AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: eventTableKey.partition, KeyType: 'HASH' },
        { AttributeName: eventTableKey.sort, KeyType: 'RANGE' },
      ],
    }),
  );
  // Not always there with the answer, in dynalite neither.
  await waitUntilTableExists({ client, minDelay: 0.02, maxDelay: 0.2, maxWaitTime: 10 }, { TableName: tableName });
}
