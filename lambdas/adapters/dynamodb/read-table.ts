// A read table on DynamoDB: one item a stream, whose version never moves backwards.
import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { readTableKey } from '../../bindings/tables.ts';
import type { ReadIndex, Row } from '../../kernel/projection.ts';
import type { ReadTable } from '../../kernel/read-table.ts';
import type { Item } from './commit-item.ts';
import { isConditionalCheckFailed } from './conditional-check.ts';

/** Where a page ended: the key attributes of its last row. */
export type Position = Readonly<Record<string, string>>;

export interface RowPage<View> {
  readonly rows: readonly Row<View>[];
  /** Absent on the last page. */
  readonly end?: Position;
}

export interface PageRequest {
  /** Most rows to read, before any filter. */
  readonly limit: number;
  readonly after?: Position | undefined;
}

export interface PagedReadTable<View> extends ReadTable<View> {
  /** Rows in the table's own order, which means nothing but stays; strongly consistent. */
  scan(request: PageRequest): Promise<RowPage<View>>;
  /** Rows of one partition of an index, last sort key first; eventually consistent, as DynamoDB's indexes are. */
  query(index: ReadIndex, partition: string, request: PageRequest): Promise<RowPage<View>>;
}

/** Whatever stands after the write is at least as far as the row, however generations were mixed and rolled back. */
const PUT_CONDITION =
  'attribute_not_exists(#stream) OR #version < :version OR (#version = :version AND #generation <> :generation)';

export function dynamoDbReadTable<View>(client: DynamoDBClient, tableName: string): PagedReadTable<View> {
  const keyOf = (stream: string): Item => ({ [readTableKey.partition]: { S: stream } });
  return {
    async get(stream) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: keyOf(stream), ConsistentRead: true }),
      );
      return Item && toRow<View>(Item);
    },
    async put({ stream, version, generation, view }, indexKeys) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: { ...keyOf(stream), ...marshall({ version, generation, view, ...indexKeys }, removeUndefined) },
            ConditionExpression: PUT_CONDITION,
            ExpressionAttributeNames: {
              '#stream': readTableKey.partition,
              '#generation': 'generation',
              '#version': 'version',
            },
            ExpressionAttributeValues: marshall({ ':generation': generation, ':version': version }),
          }),
        );
        return 'written';
      } catch (error) {
        if (isConditionalCheckFailed(error)) return 'superseded';
        throw error;
      }
    },
    async scan(request) {
      return toPage<View>(
        await client.send(new ScanCommand({ TableName: tableName, ConsistentRead: true, ...paging(request) })),
      );
    },
    async query(index, partition, request) {
      const input: QueryCommandInput = {
        TableName: tableName,
        IndexName: index.name,
        ScanIndexForward: false,
        KeyConditionExpression: '#partition = :partition',
        ExpressionAttributeNames: { '#partition': index.partitionKey },
        ExpressionAttributeValues: { ':partition': { S: partition } },
        ...paging(request),
      };
      return toPage<View>(await client.send(new QueryCommand(input)));
    },
  };
}

const removeUndefined = { removeUndefinedValues: true };

const paging = ({ limit, after }: PageRequest) => ({
  Limit: limit,
  ...(after && { ExclusiveStartKey: marshall(after) }),
});

function toRow<View>(item: Item): Row<View> {
  const { stream, version, generation, view } = unmarshall(item);
  return { stream, version, generation, view };
}

function toPage<View>(output: { Items?: Item[] | undefined; LastEvaluatedKey?: Item | undefined }): RowPage<View> {
  const rows = (output.Items ?? []).map((item) => toRow<View>(item));
  return output.LastEvaluatedKey ? { rows, end: unmarshall(output.LastEvaluatedKey) } : { rows };
}
