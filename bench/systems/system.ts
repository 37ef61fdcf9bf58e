// What the benches ask of every system.
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { Account, Command } from './ledger.ts';

export interface System {
  readonly name: string;
  /** Whether a process keeps state from one command to the next. */
  readonly keepsState: boolean;
  /** The key attributes of its table. */
  readonly keyNames: readonly string[];
  /** A client of the AWS SDK that its code was installed with. */
  clientOf(endpoint: string): DynamoDB;
  /** Creates its table, as its docs have it. */
  createTable(client: DynamoDB): Promise<void>;
  /** A process that has just started. */
  start(client: DynamoDB): Session;
}

export interface Session {
  /**
   * Decides on the account and appends the command's postings.
   * @returns whether it succeeded; false when the system gave up for contention
   */
  execute(account: string, command: Command): Promise<boolean>;
  /** What executing the commands one after the other on a new account leaves in the table. */
  fill(account: string, commands: Iterable<Command>): Promise<void>;
  load(account: string): Promise<Account>;
}

/** Fills by executing, for systems whose commands cost the same however long the stream is. */
export const fillWith = (execute: Session['execute']): Session['fill'] =>
  async function fill(account, commands) {
    for (const command of commands) await execute(account, command);
  };
