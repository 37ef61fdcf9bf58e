// Every system, with all writers on one account.
import { commandOf } from '../systems/ledger.ts';
import type { System } from '../systems/system.ts';
import type { Contender } from './race.ts';

export const onOneAccount = (system: System): Contender => ({
  name: system.name,
  clientOf: system.clientOf,
  createTable: system.createTable,
  prepare: async () => undefined,
  start(client) {
    const { execute } = system.start(client);
    return (account, number) => execute(account, commandOf(number, 1));
  },
  count: async (client, account) => (await system.start(client).load(account)).postings,
});
