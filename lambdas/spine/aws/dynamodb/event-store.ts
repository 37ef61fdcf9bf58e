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
import { lastVersion } from '../../kernel/envelope.ts';
import type { EventStore } from '../../kernel/event-store.ts';
import { commitToItem, itemToCommit } from './commit-item.ts';
import { commitsHolding } from './commits-holding.ts';
import { isConditionalCheckFailed } from './conditional-check.ts';

/**
 * Commits of a backward read's first pages; the others are as large as a call gives, 1 MB
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html). One of the newest two commits
 * carries what a load needs; while older code runs too, one of the newest few.
 */
const FIRST_PAGES: readonly (number | undefined)[] = [2, 32];

export function dynamoDbEventStore(client: DynamoDBClient, tableName: string): EventStore {
  const streamQuery = (stream: string): QueryCommandInput => ({
    TableName: tableName,
    ConsistentRead: true,
    KeyConditionExpression: '#stream = :stream',
    ExpressionAttributeNames: { '#stream': eventTableKey.partition },
    ExpressionAttributeValues: { ':stream': { S: stream } },
  });
  const queryAfter = (stream: string, after: number): QueryCommandInput => {
    const query = streamQuery(stream);
    if (after === 0) return query;
    return {
      ...query,
      KeyConditionExpression: '#stream = :stream AND #version > :after',
      ExpressionAttributeNames: { ...query.ExpressionAttributeNames, '#version': eventTableKey.sort },
      ExpressionAttributeValues: { ...query.ExpressionAttributeValues, ':after': { N: String(after) } },
    };
  };
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
    async *readBackward(stream, after = 0) {
      const newestFirst = { ...queryAfter(stream, after), ScanIndexForward: false };
      let from: QueryCommandOutput['LastEvaluatedKey'];
      for (let page = 0; page === 0 || from; page += 1) {
        const Limit = FIRST_PAGES[page];
        const read = await client.send(
          new QueryCommand({ ...newestFirst, ...(Limit && { Limit }), ...(from && { ExclusiveStartKey: from }) }),
        );
        yield commitsOf(read);
        from = read.LastEvaluatedKey;
      }
    },
    async *readForward(stream, after) {
      for await (const page of paginateQuery({ client }, queryAfter(stream, after))) yield* commitsOf(page);
    },
    // A commit is never changed, so one that an eventually consistent read gives, at half the price, is the one
    // (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html).
    async commitWith({ stream, version }) {
      const query = {
        ...streamQuery(stream),
        KeyConditionExpression: '#stream = :stream AND #version <= :version',
        ExpressionAttributeNames: { '#stream': eventTableKey.partition, '#version': eventTableKey.sort },
        ExpressionAttributeValues: { ':stream': { S: stream }, ':version': { N: String(version) } },
        ScanIndexForward: false,
        Limit: 1,
      };
      for (const ConsistentRead of [false, true]) {
        const [commit] = commitsOf(await client.send(new QueryCommand({ ...query, ConsistentRead })));
        if (commit && lastVersion(commit) >= version) return commit;
      }
      return undefined;
    },
    commitsHolding: (events) => commitsHolding(client, tableName, events),
  };
}

const commitsOf = (page: QueryCommandOutput) => (page.Items ?? []).map(itemToCommit);
