// What the benches ask of every system.
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { Account, Command } from './ledger.ts';

export interface System {
  readonly name: string;
  /** Creates its table, as its docs have it. */
  createTable(client: DynamoDB): Promise<void>;
  /** The key attributes of its table. */
  readonly keyNames: readonly string[];
  /** A process that has just started: it has kept nothing. */
  start(client: DynamoDB): Session;
}

export interface Session {
  /**
   * Decides on the account and appends the command's postings.
   * @returns whether it succeeded; false when the system gave up for contention
   */
  execute(account: string, command: Command): Promise<boolean>;
  load(account: string): Promise<Account>;
}
