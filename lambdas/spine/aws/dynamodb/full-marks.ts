// What is full, on DynamoDB: one item a read model and index or table.
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { operationsTableKey } from '../../bindings/tables.ts';
import type { FullMarks } from '../../kernel/sweep/full-marks.ts';

/** How long what is not full is taken to be so still. */
const LOOKED_UP_EVERY_MILLIS = 1_000;

export function dynamoDbFullMarks(client: DynamoDBClient, tableName: string, now = Date.now): FullMarks {
  const keyOf = (readModel: string, what: string) =>
    marshall({
      [operationsTableKey.partition]: `full-index#${readModel}`,
      [operationsTableKey.sort]: what,
    });
  const looked = new Map<string, { readonly isFull: Promise<boolean>; readonly at: number }>();
  const look = async (Key: ReturnType<typeof keyOf>): Promise<boolean> => {
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key }));
    return Item !== undefined;
  };
  return {
    async isFull(readModel, what) {
      const name = `${readModel} ${what}`;
      const before = looked.get(name);
      const isFresh = before && (now() - before.at < LOOKED_UP_EVERY_MILLIS || (await before.isFull));
      if (before && isFresh) return before.isFull;
      const isFull = look(keyOf(readModel, what));
      looked.set(name, { isFull, at: now() });
      isFull.catch(() => looked.delete(name));
      return isFull;
    },
    async markFull(readModel, what) {
      await client.send(new PutItemCommand({ TableName: tableName, Item: keyOf(readModel, what) }));
    },
  };
}
