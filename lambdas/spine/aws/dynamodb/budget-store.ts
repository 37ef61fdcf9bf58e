// A budget on DynamoDB: one item, written on the condition that its revision is the one that was read.
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { budgetTableKey } from '../../bindings/tables.ts';
import type { BudgetStore } from '../../kernel/pipeline/budget.ts';
import { isConditionalCheckFailed } from './conditional-check.ts';

/** @param budget its name in the table */
export function dynamoDbBudgetStore(client: DynamoDBClient, tableName: string, budget: string): BudgetStore {
  const key = { [budgetTableKey.partition]: budget };
  return {
    async load() {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: marshall(key), ConsistentRead: true }),
      );
      if (!Item) return undefined;
      const { tokens, refilledAt, revision } = unmarshall(Item);
      return { tokens, refilledAt, revision };
    },
    async save(stored) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: marshall({ ...key, ...stored }),
            ConditionExpression: 'attribute_not_exists(#budget) OR #revision = :read',
            ExpressionAttributeNames: { '#budget': budgetTableKey.partition, '#revision': 'revision' },
            ExpressionAttributeValues: marshall({ ':read': stored.revision - 1 }),
          }),
        );
        return 'saved';
      } catch (error) {
        if (isConditionalCheckFailed(error)) return 'conflict';
        throw error;
      }
    },
  };
}
