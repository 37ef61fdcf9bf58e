import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { eventTableKey } from '../../bindings/tables.ts';
import type { Commit } from '../../kernel/envelope.ts';
import { itemToCommit } from './commit-item.ts';

/** Reads a stream's newest commit, and nothing before it; strongly consistent. @throws MalformedItemError */
export const dynamoDbNewestCommit =
  (client: DynamoDBClient, tableName: string) =>
  async (stream: string): Promise<Commit | undefined> => {
    const { Items: [item] = [] } = await client.send(
      new QueryCommand({
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: '#stream = :stream',
        ExpressionAttributeNames: { '#stream': eventTableKey.partition },
        ExpressionAttributeValues: { ':stream': { S: stream } },
        ScanIndexForward: false,
        Limit: 1,
      }),
    );
    return item && itemToCommit(item);
  };
