// A read table on DynamoDB as a sweep writes it.
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { readTableKey } from '../../bindings/tables.ts';
import type { Projection } from '../../kernel/projections/projection.ts';
import { RefusedRowError, type RowMark, type SweptTable } from '../../kernel/sweep/swept-table.ts';
import { isConditionalCheckFailed } from './conditional-check.ts';
import { itemsOfKeys } from './items-of-keys.ts';
import { rowItem, rowKey } from './read-table.ts';

export function dynamoDbSweptTable<Part>(
  client: DynamoDBClient,
  tableName: string,
  { viewKey, indexes }: Pick<Projection<Part>, 'viewKey' | 'indexes'>,
): SweptTable<Part> {
  const indexed = [...new Set(indexes.flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]))];
  const attributes = [readTableKey.sort, 'version', 'generation', ...indexed];
  const reading = {
    ProjectionExpression: attributes.map((_, at) => `#a${at}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(attributes.map((name, at) => [`#a${at}`, name])),
  };
  return {
    async marks(streams) {
      const keys = streams.map((stream) => rowKey(viewKey, stream));
      const items = await itemsOfKeys(client, tableName, keys, reading);
      return new Map(
        items.map((item): [string, RowMark] => {
          const { stream, version, generation, ...indexKeys } = unmarshall(item);
          return [stream, { version, generation, indexKeys }];
        }),
      );
    },
    async rewrite(row, indexKeys) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: rowItem(viewKey, row, indexKeys),
            ConditionExpression: 'attribute_not_exists(#stream) OR #version <= :version',
            ExpressionAttributeNames: { '#stream': readTableKey.sort, '#version': 'version' },
            ExpressionAttributeValues: { ':version': { N: String(row.version) } },
          }),
        );
        return 'written';
      } catch (error) {
        if (isConditionalCheckFailed(error)) return 'superseded';
        throw isRefusal(error) ? new RefusedRowError(String(error), { cause: error }) : error;
      }
    },
  };
}

/** An item beyond 400 KB, or a key that is empty or beyond its size (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html). */
const isRefusal = (error: unknown): boolean => error instanceof Error && error.name === 'ValidationException';
