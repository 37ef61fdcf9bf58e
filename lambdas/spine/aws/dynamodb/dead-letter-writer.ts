// Notes of dead letters in the table of operations: one item each, under its subscriber, gone when its message is.
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { deadLettersOf, operationsTableKey } from '../../bindings/tables.ts';
import type { DeadLetter, DeadLetterWriter } from '../../kernel/pipeline/dead-letter.ts';

const { partition, sort, expiry } = operationsTableKey;
export const deadLetterKey = (subscriber: string, id: string) =>
  marshall({ [partition]: deadLettersOf(subscriber), [sort]: id });

export const deadLetterItem = (letter: DeadLetter) => ({
  ...deadLetterKey(letter.subscriber, letter.id),
  ...marshall(
    { ...letter, [expiry]: Math.ceil(Date.parse(letter.keptUntil) / 1_000) },
    { removeUndefinedValues: true },
  ),
});

export const dynamoDbDeadLetterWriter = (client: DynamoDBClient, tableName: string): DeadLetterWriter => ({
  async note(letter) {
    await client.send(new PutItemCommand({ TableName: tableName, Item: deadLetterItem(letter) }));
  },
});
