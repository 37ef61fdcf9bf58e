// Which indexes are full, on DynamoDB: one item a read model and index.
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { operationsTableKey } from '../../bindings/tables.ts';
import type { ReadIndex } from '../../kernel/projections/projection.ts';
import { type IndexMarks, shapeOf } from '../../kernel/sweep/index-marks.ts';

/** How long an index that is not full is taken to be so still. */
const LOOKED_UP_EVERY_MILLIS = 1_000;

export function dynamoDbIndexMarks(client: DynamoDBClient, tableName: string, now = Date.now): IndexMarks {
  const keyOf = (readModel: string, index: ReadIndex) =>
    marshall({
      [operationsTableKey.partition]: `full-index#${readModel}`,
      [operationsTableKey.sort]: shapeOf(index),
    });
  const looked = new Map<string, { readonly isFull: Promise<boolean>; readonly at: number }>();
  const look = async (Key: ReturnType<typeof keyOf>): Promise<boolean> => {
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key }));
    return Item !== undefined;
  };
  return {
    async isFull(readModel, index) {
      const name = `${readModel} ${shapeOf(index)}`;
      const before = looked.get(name);
      const isFresh = before && (now() - before.at < LOOKED_UP_EVERY_MILLIS || (await before.isFull));
      if (before && isFresh) return before.isFull;
      const isFull = look(keyOf(readModel, index));
      looked.set(name, { isFull, at: now() });
      isFull.catch(() => looked.delete(name));
      return isFull;
    },
    async markFull(readModel, index) {
      await client.send(new PutItemCommand({ TableName: tableName, Item: keyOf(readModel, index) }));
    },
  };
}
