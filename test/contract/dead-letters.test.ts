import { describe } from 'vitest';
import { dynamoDbDeadLetters } from '../../lambdas/spine/aws/dynamodb/dead-letters.ts';
import { deadLettersContract } from '../../lambdas/spine/testing/contracts/dead-letters.ts';
import { inMemoryDeadLetters } from '../../lambdas/spine/testing/memory/dead-letters.ts';
import { startDynalite } from './support/dynalite.ts';
import { hasJava, startDynamoDbLocal } from './support/dynamodb-local.ts';
import { createOperationsTable } from './support/sweeps.ts';
import { testClient } from './support/tables.ts';

describe('notes of dead letters: in memory', () =>
  deadLettersContract({ start: async (now) => inMemoryDeadLetters(now), stop: async () => {} }));

const servers = [
  { name: 'dynalite', isAvailable: true, startServer: startDynalite },
  { name: 'DynamoDB Local', isAvailable: hasJava(), startServer: startDynamoDbLocal },
];

for (const { name, isAvailable, startServer } of servers) {
  describe.skipIf(!isAvailable)(`notes of dead letters: DynamoDB on ${name}`, () => {
    let stop = async (): Promise<void> => {};
    deadLettersContract({
      async start(now) {
        const server = await startServer();
        stop = server.stop;
        const client = testClient(server.endpoint);
        await createOperationsTable(client, 'operations');
        return dynamoDbDeadLetters(client, 'operations', now);
      },
      stop: () => stop(),
    });
  });
}
