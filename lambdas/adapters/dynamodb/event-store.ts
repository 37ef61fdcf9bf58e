// The event store on DynamoDB: one immutable item a commit, written on the condition that none stands there.
import {
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { eventTableKey } from '../../bindings/tables.ts';
import type { EventStore } from '../../kernel/event-store.ts';
import { SNAPSHOT_INTERVAL } from '../../kernel/stream-state.ts';
import { commitToItem, itemToCommit } from './commit-item.ts';
import { commitsHolding } from './commits-holding.ts';
import { isConditionalCheckFailed } from './conditional-check.ts';

export function dynamoDbEventStore(client: DynamoDBClient, tableName: string): EventStore {
  const streamQuery = (stream: string): QueryCommandInput => ({
    TableName: tableName,
    ConsistentRead: true,
    KeyConditionExpression: '#stream = :stream',
    ExpressionAttributeNames: { '#stream': eventTableKey.partition },
    ExpressionAttributeValues: { ':stream': { S: stream } },
  });
  return {
    async append(commit) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: commitToItem(commit),
            ConditionExpression: 'attribute_not_exists(#stream)',
            ExpressionAttributeNames: { '#stream': eventTableKey.partition },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return { kind: 'appended' };
      } catch (error) {
        if (!isConditionalCheckFailed(error)) throw error;
        return error.Item ? { kind: 'conflict', winner: itemToCommit(error.Item) } : { kind: 'conflict' };
      }
    },
    async *readBackward(stream) {
      // The newest commits of one interval hold a snapshot if the stream is that long. Where it is none of this code's, the whole
      // stream has to be read: then by as much as a call gives.
      const newestFirst = { ...streamQuery(stream), ScanIndexForward: false };
      const first = await client.send(new QueryCommand({ ...newestFirst, Limit: SNAPSHOT_INTERVAL }));
      yield commitsOf(first);
      if (!first.LastEvaluatedKey) return;
      const further = paginateQuery({ client, startingToken: first.LastEvaluatedKey }, newestFirst);
      for await (const page of further) yield commitsOf(page);
    },
    async *readForward(stream, after) {
      const query = streamQuery(stream);
      const pages = paginateQuery(
        { client },
        {
          ...query,
          KeyConditionExpression: '#stream = :stream AND #version > :after',
          ExpressionAttributeNames: { ...query.ExpressionAttributeNames, '#version': eventTableKey.sort },
          ExpressionAttributeValues: { ...query.ExpressionAttributeValues, ':after': { N: String(after) } },
        },
      );
      for await (const page of pages) yield* commitsOf(page);
    },
    commitsHolding: (events) => commitsHolding(client, tableName, events),
  };
}

const commitsOf = (page: QueryCommandOutput) => (page.Items ?? []).map(itemToCommit);
