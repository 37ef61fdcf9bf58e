// Calls of DynamoDB that carry items as they travel: what is exported and imported is never translated.
import { type Answer, ownRequest, type WireItem } from '../services/dynamodb/wire.ts';

/** DynamoDB at an endpoint. */
export const dynamoDbAt =
  (endpoint: string): Answer =>
  async ({ headers, body }) => {
    const response = await fetch(endpoint, { method: 'POST', headers: headers as Record<string, string>, body });
    return { status: response.status, headers: {}, body: await response.text() };
  };

/** @throws Error with what DynamoDB said, when it refused */
export async function answerOf<Result>(dynamodb: Answer, operation: string, parameters: object): Promise<Result> {
  const { status, body } = await dynamodb(ownRequest(operation, parameters));
  if (status !== 200) throw new Error(`DynamoDB refused ${operation}: ${body}`);
  return JSON.parse(body) as Result;
}

/** All items of the table, page by page, as they travel. */
export async function* scanItems(dynamodb: Answer, table: string): AsyncGenerator<WireItem> {
  interface Page {
    readonly Items: readonly WireItem[];
    readonly LastEvaluatedKey?: WireItem;
  }
  let after: WireItem | undefined;
  do {
    const start = after === undefined ? {} : { ExclusiveStartKey: after };
    const { Items, LastEvaluatedKey } = await answerOf<Page>(dynamodb, 'Scan', {
      TableName: table,
      ConsistentRead: true,
      ...start,
    });
    yield* Items;
    after = LastEvaluatedKey;
  } while (after !== undefined);
}
