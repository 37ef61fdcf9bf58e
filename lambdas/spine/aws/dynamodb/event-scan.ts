// The parallel scan of the event table
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.ParallelScan).
//
// DynamoDB keeps the items of one partition key close together, ordered by their sort key
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.Partitions.html); that a scan gives them so is said
// nowhere, and nothing here needs it to be true. A filter is applied after the read: it saves what travels, and no units.
import { type AttributeValue, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { eventTableKey } from '../../bindings/tables.ts';
import { streamOf } from '../../kernel/envelope.ts';
import type { EventScan } from '../../kernel/sweep/event-scan.ts';
import { itemToCommit } from './commit-item.ts';

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
    const commits = Items.map(itemToCommit);
    if (end === undefined) return { commits };
    const [stream, version] = [end[eventTableKey.partition]?.S ?? '', Number(end[eventTableKey.sort]?.N)];
    return { commits, end: { stream, version } };
  },
});
