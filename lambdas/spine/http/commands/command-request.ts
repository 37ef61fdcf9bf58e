// From an HTTP request to a command request: id, provenance, idempotency and expected versions.
import type { CommandRequest } from '../../kernel/execution/execute-command.ts';
import { idempotencyMark } from '../../kernel/keys/idempotency.ts';
import type { HttpRequest } from '../endpoint.ts';
import type { Caller } from '../request/caller.ts';

/** @param request its body and path are what the idempotency key stands for */
export function commandRequest<Command extends { readonly type: string }>(
  stream: string,
  command: Command,
  { headers, caller, correlationId, arrival, path, body }: HttpRequest,
): CommandRequest<Command> {
  const { id, time } = arrival;
  const key = headers['idempotency-key'];
  const expectedVersions = headers['if-match'];
  return {
    stream,
    command,
    id,
    provenance: {
      time,
      correlationId,
      causationId: id,
      ...(caller && { actor: caller.customerId }),
    },
    ...(key === undefined ? {} : { idempotency: idempotencyMark(ownKey(caller, key), [command.type, path, body]) }),
    ...(expectedVersions === undefined ? {} : { expectedVersions }),
  };
}

/** A key belongs to its caller, so guessing another caller's key reveals nothing. Senders that sign share their keys. */
const ownKey = (caller: Caller | undefined, key: string): string => JSON.stringify([caller?.customerId ?? null, key]);
