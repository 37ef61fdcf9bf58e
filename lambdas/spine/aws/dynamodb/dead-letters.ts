// Notes of dead letters as operators read them.
import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { deadLettersOf, operationsTableKey } from '../../bindings/tables.ts';
import type { DeadLetter, DeadLetterNotes, DeadLetterPage } from '../../kernel/pipeline/dead-letter.ts';
import { isConditionalCheckFailed } from './conditional-check.ts';
import { deadLetterItem, deadLetterKey, dynamoDbDeadLetterWriter } from './dead-letter-writer.ts';

const { partition, sort } = operationsTableKey;

/** @param now DynamoDB deletes what has expired within days (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html), so it is left out here */
export function dynamoDbDeadLetters(client: DynamoDBClient, tableName: string, now: () => Date): DeadLetterNotes {
  const isKept = ({ keptUntil }: DeadLetter): boolean => Date.parse(keptUntil) > now().getTime();
  const query = (subscriber: string) => ({
    TableName: tableName,
    ConsistentRead: true,
    KeyConditionExpression: '#partition = :partition',
    ExpressionAttributeNames: { '#partition': partition },
    ExpressionAttributeValues: marshall({ ':partition': deadLettersOf(subscriber) }),
  });
  return {
    ...dynamoDbDeadLetterWriter(client, tableName),
    async noteFound(letter) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: deadLetterItem(letter),
            ConditionExpression: 'attribute_not_exists(#partition)',
            ExpressionAttributeNames: { '#partition': partition },
          }),
        );
      } catch (error) {
        if (!isConditionalCheckFailed(error)) throw error;
      }
    },
    async list(subscriber, limit, after) {
      const letters: DeadLetter[] = [];
      let end = after;
      do {
        const page: DeadLetterPage = await pageAfter(subscriber, limit - letters.length, end);
        letters.push(...page.letters.filter(isKept));
        end = page.end;
      } while (end !== undefined && letters.length < limit);
      return { letters, ...(end !== undefined && { end }) };
    },
    async find(subscriber, id) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: deadLetterKey(subscriber, id), ConsistentRead: true }),
      );
      return Item && toLetter(Item);
    },
    async count(subscriber) {
      const { Count = 0 } = await client.send(new QueryCommand({ ...query(subscriber), Select: 'COUNT' }));
      return Count;
    },
    async forget(subscriber, id) {
      await client.send(new DeleteItemCommand({ TableName: tableName, Key: deadLetterKey(subscriber, id) }));
    },
  };

  async function pageAfter(subscriber: string, limit: number, after: string | undefined): Promise<DeadLetterPage> {
    const { Items = [], LastEvaluatedKey: last } = await client.send(
      new QueryCommand({
        ...query(subscriber),
        Limit: limit,
        ...(after !== undefined && { ExclusiveStartKey: deadLetterKey(subscriber, after) }),
      }),
    );
    return { letters: Items.map(toLetter), ...(last && { end: String(unmarshall(last)[sort]) }) };
  }
}

function toLetter(item: Parameters<typeof unmarshall>[0]): DeadLetter {
  const { id, subscriber, streams, error, attempts, firstFailedAt, lastFailedAt, keptUntil } = unmarshall(
    item,
  ) as DeadLetter;
  return { id, subscriber, streams, error, attempts, firstFailedAt, lastFailedAt, keptUntil };
}
