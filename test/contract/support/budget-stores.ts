// The implementations that the budget suite runs against.
import { CreateTableCommand, type DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { dynamoDbBudgetStore } from '../../../lambdas/spine/aws/dynamodb/budget-store.ts';
import { budgetTableKey } from '../../../lambdas/spine/bindings/tables.ts';
import type { BudgetStore } from '../../../lambdas/spine/kernel/pipeline/budget.ts';
import { inMemoryBudgetStore } from '../../../lambdas/spine/testing/memory/budget-store.ts';
import { startDynalite } from './dynalite.ts';
import { hasJava, startDynamoDbLocal } from './dynamodb-local.ts';
import { testClient } from './tables.ts';

interface Implementation {
  readonly name: string;
  /** Whether this machine has what it needs. */
  readonly isAvailable: boolean;
  /** Gives a store for each name that it is asked for. */
  start(): Promise<(budget: string) => BudgetStore>;
  stop(): Promise<void>;
}

async function createBudgetTable(client: DynamoDBClient): Promise<void> {
  const TableName = 'budgets';
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: budgetTableKey.partition, AttributeType: 'S' }],
      KeySchema: [{ AttributeName: budgetTableKey.partition, KeyType: 'HASH' }],
    }),
  );
  await waitUntilTableExists({ client, minDelay: 0.02, maxDelay: 0.2, maxWaitTime: 10 }, { TableName });
}

function onDynamoDb(name: string, isAvailable: boolean, startServer: typeof startDynalite): Implementation {
  let stopServer: () => Promise<void> = async () => {};
  return {
    name,
    isAvailable,
    async start() {
      const { endpoint, stop } = await startServer();
      stopServer = stop;
      const client = testClient(endpoint);
      await createBudgetTable(client);
      return (budget) => dynamoDbBudgetStore(client, 'budgets', budget);
    },
    stop: () => stopServer(),
  };
}

export const budgetStores: readonly Implementation[] = [
  { name: 'in memory', isAvailable: true, start: async () => () => inMemoryBudgetStore(), stop: async () => {} },
  onDynamoDb('DynamoDB on dynalite', true, startDynalite),
  onDynamoDb('DynamoDB on DynamoDB Local', hasJava(), startDynamoDbLocal),
];
