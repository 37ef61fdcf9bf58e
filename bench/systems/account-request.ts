// A command as the functions put it to the kernel: with ids and a caller as long as in the deployed system.
import { randomUUID } from 'node:crypto';
import { ulid } from 'ulid';
import type { CommandRequest } from '../../lambdas/spine/kernel/execution/execute-command.ts';
import { idempotencyMark } from '../../lambdas/spine/kernel/keys/idempotency.ts';
import type { Command } from './ledger.ts';

const ACTOR = randomUUID();

export const streamOf = (account: string): string => `account-${account}`;

export function requestOf(account: string, command: Command): CommandRequest<Command> {
  const id = ulid();
  return {
    stream: streamOf(account),
    command,
    id,
    provenance: { time: new Date().toISOString(), correlationId: id, causationId: id, actor: ACTOR },
    idempotency: idempotencyMark(command.key, command.postings),
  };
}
