// This project's own command path, on the event table as it is deployed.
import { dynamoDbEventStore } from '../../lambdas/spine/aws/dynamodb/event-store.ts';
import { executionPorts } from '../../lambdas/spine/aws/execution.ts';
import { eventTableKey } from '../../lambdas/spine/bindings/tables.ts';
import { executeCommand, knownStream } from '../../lambdas/spine/kernel/execution/execute-command.ts';
import { createEventTable } from '../../test/contract/support/tables.ts';
import { clientOf } from '../dynamodb/client.ts';
import { accountDecider } from './account-decider.ts';
import { requestOf, streamOf } from './account-request.ts';
import { fillWith, type System } from './system.ts';

const TABLE = 'eventspine';

export const ours: System = {
  name: 'eventspine',
  keepsState: true,
  keyNames: [eventTableKey.partition, eventTableKey.sort],
  clientOf,
  createTable: (client) => createEventTable(client, TABLE),
  start(client) {
    const store = dynamoDbEventStore(client, TABLE);
    const ports = executionPorts(store);
    const execute = async (...command: Parameters<typeof requestOf>) =>
      (await executeCommand(ports, accountDecider, requestOf(...command))).kind === 'done';
    return {
      execute,
      fill: fillWith(execute),
      load: async (account) => (await knownStream(ports, accountDecider, streamOf(account))).current.state,
    };
  },
};
