// This project as it was at the reference commit.
import type * as Sdk from '@aws-sdk/client-dynamodb';
import type * as Store from '../../lambdas/spine/aws/dynamodb/event-store.ts';
import type * as Execution from '../../lambdas/spine/aws/execution.ts';
import { eventTableKey } from '../../lambdas/spine/bindings/tables.ts';
import type * as Codec from '../../lambdas/spine/kernel/event-codec.ts';
import type * as Execute from '../../lambdas/spine/kernel/execution/execute-command.ts';
import type * as Stream from '../../lambdas/spine/kernel/execution/stream-state.ts';
import { createEventTable } from '../../test/contract/support/tables.ts';
import { clientConfig } from '../dynamodb/client.ts';
import type { Reference } from '../suite/reference.ts';
import { accountDeciderWith } from './account-decider.ts';
import { requestOf, streamOf } from './account-request.ts';
import { fillWith, type System } from './system.ts';

const TABLE = 'before';

/** Its modules have the shapes that they have today, as far as they are used here. */
export async function before(reference: Reference): Promise<System> {
  const { DynamoDB } = reference.require<typeof Sdk>('@aws-sdk/client-dynamodb');
  const { dynamoDbEventStore } = await reference.load<typeof Store>('lambdas/adapters/dynamodb/event-store.ts');
  const { executionPorts } = await reference.load<typeof Execution>('lambdas/adapters/execution.ts');
  const { executeCommand } = await reference.load<typeof Execute>('lambdas/kernel/execute-command.ts');
  const { loadStream } = await reference.load<typeof Stream>('lambdas/kernel/stream-state.ts');
  const { eventCodec } = await reference.load<typeof Codec>('lambdas/kernel/event-codec.ts');
  const decider = accountDeciderWith(eventCodec);
  return {
    name: `eventspine at ${reference.commit}`,
    keepsState: false,
    keyNames: [eventTableKey.partition, eventTableKey.sort],
    clientOf: (endpoint) => new DynamoDB(clientConfig(endpoint)),
    createTable: (client) => createEventTable(client, TABLE),
    start(client) {
      const store = dynamoDbEventStore(client, TABLE);
      const ports = executionPorts(store);
      const execute = async (...command: Parameters<typeof requestOf>) =>
        (await executeCommand(ports, decider, requestOf(...command))).kind === 'done';
      return {
        execute,
        fill: fillWith(execute),
        load: async (account) => (await loadStream(store, decider, streamOf(account))).state,
      };
    },
  };
}
