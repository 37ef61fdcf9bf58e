// This project's own command path, on the event table as it is deployed.
import { dynamoDbEventStore } from '../../lambdas/adapters/dynamodb/event-store.ts';
import { executionPorts } from '../../lambdas/adapters/execution.ts';
import { eventTableKey } from '../../lambdas/bindings/tables.ts';
import { executeCommand } from '../../lambdas/kernel/execute-command.ts';
import { loadStream } from '../../lambdas/kernel/stream-state.ts';
import { createEventTable } from '../../test/contract/support/tables.ts';
import { accountDecider } from './account-decider.ts';
import { requestOf } from './account-request.ts';
import type { System } from './system.ts';

const TABLE = 'eventspine';

export const ours: System = {
  name: 'eventspine',
  createTable: (client) => createEventTable(client, TABLE),
  keyNames: [eventTableKey.partition, eventTableKey.sort],
  start(client) {
    const store = dynamoDbEventStore(client, TABLE);
    const ports = executionPorts(store);
    return {
      execute: async (account, command) =>
        (await executeCommand(ports, accountDecider, requestOf(account, command))).kind === 'done',
      load: async (account) => (await loadStream(store, accountDecider, `account-${account}`)).state,
    };
  },
};
