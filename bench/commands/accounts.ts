// The accounts that commands are measured on: so many commits long when the measurement begins.
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import { type Command, commandOf } from '../systems/ledger.ts';
import type { System } from '../systems/system.ts';

/** From so many commits on, some dozens more make no other stream of it: one account serves all rounds. */
const LONG_STREAM = 1000;

export interface Shape {
  /** Events a command. */
  readonly events: number;
  /** Commits that the stream has at least when a command is measured. */
  readonly stream: number;
}

/** One command to run: the account, and what to post. */
export type Step = readonly [account: string, command: Command];

let commands = 0;
/** Never the same key twice. */
export const nextCommand = (events: number): Command => {
  commands += 1;
  return commandOf(commands, events);
};

/**
 * Accounts of the shape for so many commands, filled. A command is measured on a stream at most double as long as its shape says: a
 * short one takes as many commands as it has commits.
 * @param label tells apart who uses them; a long account of the same label is used again
 */
export async function stepsOn(
  system: System,
  client: DynamoDB,
  { events, stream }: Shape,
  count: number,
  label: string,
): Promise<Step[]> {
  const commandsAnAccount = stream >= LONG_STREAM ? count : Math.min(stream, count);
  const steps: Step[] = [];
  for (let at = 0; at < count; at += commandsAnAccount) {
    const account = await accountOf(system, client, { events, stream }, `${label}-${at}`);
    const more = Math.min(commandsAnAccount, count - at);
    for (let index = 0; index < more; index += 1) steps.push([account, nextCommand(events)]);
  }
  return steps;
}

const filled = new Set<string>();
let accounts = 0;

async function accountOf(system: System, client: DynamoDB, { events, stream }: Shape, label: string): Promise<string> {
  const isShared = stream >= LONG_STREAM;
  if (!isShared) accounts += 1;
  const account = isShared ? `${events}x${stream}` : `${events}x${stream}-${label}-${accounts}`;
  const name = `${system.name} ${account}`;
  if (filled.has(name)) return account;
  filled.add(name);
  await system.start(client).fill(
    account,
    Array.from({ length: stream }, () => nextCommand(events)),
  );
  return account;
}
