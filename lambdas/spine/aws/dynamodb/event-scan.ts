// The parallel scan of the event table
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.ParallelScan).
//
// DynamoDB keeps the items of one partition key close together, ordered by their sort key
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.Partitions.html); that a scan gives them so is said
// nowhere, and nothing here needs it to be true. A filter is applied after the read: it saves what travels, and no units.
import { type AttributeValue, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { eventTableKey } from '../../bindings/tables.ts';
import { type Commit, streamOf } from '../../kernel/envelope.ts';
import type { EventScan, ScanPosition, UnreadableItem } from '../../kernel/sweep/event-scan.ts';
import { type Item, itemToCommit, MalformedItemError } from './commit-item.ts';

/** What a fold needs of a commit: not what rides in it. */
const ATTRIBUTES = ['stream', 'version', 'id', 'time', 'correlationId', 'causationId', 'events', 'actor'];

export const dynamoDbEventScan = (client: DynamoDBClient, tableName: string): EventScan => ({
  async page({ segment, of, categories, after }) {
    const values = categories.map((category, at): [string, AttributeValue] => [
      `:c${at}`,
      { S: streamOf(category, '') },
    ]);
    const { Items = [], LastEvaluatedKey: end } = await client.send(
      new ScanCommand({
        TableName: tableName,
        ConsistentRead: true,
        ...(of > 1 && { Segment: segment, TotalSegments: of }),
        ProjectionExpression: ATTRIBUTES.map((name) => `#${name}`).join(', '),
        FilterExpression: values.map(([name]) => `begins_with(#stream, ${name})`).join(' OR '),
        ExpressionAttributeNames: Object.fromEntries(ATTRIBUTES.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(values),
        ...(after && {
          ExclusiveStartKey: {
            [eventTableKey.partition]: { S: after.stream },
            [eventTableKey.sort]: { N: String(after.version) },
          },
        }),
      }),
    );
    return { ...commitsIn(Items), ...(end && { end: positionOf(end) }) };
  },
});

function commitsIn(items: readonly Item[]) {
  const [commits, unreadable]: [Commit[], UnreadableItem[]] = [[], []];
  for (const item of items) {
    try {
      commits.push(itemToCommit(item));
    } catch (error) {
      if (!(error instanceof MalformedItemError)) throw error;
      unreadable.push({ ...positionOf(item), error });
    }
  }
  return { commits, unreadable };
}

const positionOf = (item: Item): ScanPosition => ({
  stream: item[eventTableKey.partition]?.S ?? '',
  version: Number(item[eventTableKey.sort]?.N),
});
