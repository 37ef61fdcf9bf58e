// Counts rows of a read table by an index.
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { ReadIndex } from '../../kernel/projections/projection.ts';

/**
 * Counts the rows of one partition of an index, as far as one `Query` comes; eventually consistent.
 * @param atMost counts no further. A call reads 1 MB at most, which has 1,000 rows of an index with keys only.
 */
export async function countRows(
  client: DynamoDBClient,
  tableName: string,
  { index, partition, atMost }: { readonly index: ReadIndex; readonly partition: string; readonly atMost: number },
): Promise<number> {
  const { Count = 0 } = await client.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: index.name,
      Select: 'COUNT',
      Limit: atMost,
      KeyConditionExpression: '#partition = :partition',
      ExpressionAttributeNames: { '#partition': index.partitionKey },
      ExpressionAttributeValues: { ':partition': { S: partition } },
    }),
  );
  return Count;
}
