// A read table on DynamoDB: one item a stream, whose version never moves backwards, beside the others of its view.
import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { readTableKey } from '../../bindings/tables.ts';
import type { Row } from '../../kernel/projections/projection.ts';
import type { PagedReadTable, PageRequest, Position, RowPage } from '../../kernel/projections/read-table.ts';
import type { Item } from './commit-item.ts';
import { isConditionalCheckFailed } from './conditional-check.ts';

/** A position behind all rows of a view, now and later: a stream's name begins with a letter, which sorts before it. */
export const endOfView = (key: string): Position => ({ [readTableKey.partition]: key, [readTableKey.sort]: '~' });

/** After the write, the stored row is at least as far as this one, however generations were mixed and rolled back. */
const PUT_CONDITION =
  'attribute_not_exists(#stream) OR #version < :version OR (#version = :version AND #generation <> :generation)';

/** @param viewKey the projection's */
export function dynamoDbReadTable<Part>(
  client: DynamoDBClient,
  tableName: string,
  viewKey: ViewKey,
): PagedReadTable<Part> {
  const keyOf = (stream: string): Item => rowKey(viewKey, stream);
  return {
    async get(stream) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: keyOf(stream), ConsistentRead: true }),
      );
      return Item && toRow<Part>(Item);
    },
    async put(row, indexKeys) {
      const { version, generation } = row;
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: rowItem(viewKey, row, indexKeys),
            ConditionExpression: PUT_CONDITION,
            ExpressionAttributeNames: {
              '#stream': readTableKey.sort,
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
    async ofView(key) {
      const pages = paginateQuery(
        { client },
        {
          TableName: tableName,
          ConsistentRead: true,
          KeyConditionExpression: '#view = :view',
          ExpressionAttributeNames: { '#view': readTableKey.partition },
          ExpressionAttributeValues: { ':view': { S: key } },
        },
      );
      return (await Array.fromAsync(pages)).flatMap(({ Items = [] }) => Items.map((item) => toRow<Part>(item)));
    },
    async scan(request) {
      return toPage<Part>(
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
      return toPage<Part>(await client.send(new QueryCommand(input)));
    },
  };
}

type ViewKey = (stream: string) => string;

export const rowKey = (viewKey: ViewKey, stream: string): Item => ({
  [readTableKey.partition]: { S: viewKey(stream) },
  [readTableKey.sort]: { S: stream },
});

/** A storage format. */
export const rowItem = (
  viewKey: ViewKey,
  { stream, version, generation, part }: Row<unknown>,
  indexKeys: Readonly<Record<string, string>>,
): Item => ({
  ...rowKey(viewKey, stream),
  ...marshall({ version, generation, part, ...indexKeys }, { removeUndefinedValues: true }),
});

const paging = ({ limit, after }: PageRequest) => ({
  Limit: limit,
  ...(after && { ExclusiveStartKey: marshall(after) }),
});

function toRow<Part>(item: Item): Row<Part> {
  const { stream, version, generation, part } = unmarshall(item);
  return { stream, version, generation, part };
}

function toPage<Part>(output: { Items?: Item[] | undefined; LastEvaluatedKey?: Item | undefined }): RowPage<Part> {
  const rows = (output.Items ?? []).map((item) => toRow<Part>(item));
  return output.LastEvaluatedKey ? { rows, end: unmarshall(output.LastEvaluatedKey) } : { rows };
}
