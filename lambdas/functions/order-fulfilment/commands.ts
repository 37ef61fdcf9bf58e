// Sends the process manager's commands to other streams: keyed by the event that caused them, so that a repeated one is
// known again, and one at a time for a stream, so that a popular product's reservations do not race within one function.
import type { Decider, Rejection } from '../../kernel/decider.ts';
import { type DomainEvent, eventId, type Provenance } from '../../kernel/envelope.ts';
import { type ExecutionPorts, executeCommand } from '../../kernel/execute-command.ts';
import { idempotencyMark } from '../../kernel/idempotency.ts';
import { ProcessInterruptedError } from '../../kernel/process-manager.ts';

export type Sent =
  /** `eventId` names the command's last event, of this run or of an earlier one. */
  | { readonly kind: 'changed'; readonly eventId: string }
  /** The stream was as it should be already; its newest event may be of somebody else. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** What an action's end is told by: the event that its command led to, and without one what caused the command. */
export const causeOf = (sent: Sent, cause: Provenance): string =>
  sent.kind === 'changed' ? sent.eventId : cause.causationId;

export interface CommandSender {
  /** @throws ProcessInterruptedError when too many others change the stream at the same time */
  send<Command extends { readonly type: string }, Event extends DomainEvent, State>(
    decider: Decider<Command, Event, State>,
    id: string,
    command: Command,
    cause: Provenance,
  ): Promise<Sent>;
}

export function commandSender(ports: ExecutionPorts, newId: () => string): CommandSender {
  const turns = new Map<string, Promise<unknown>>();
  const inTurn = <Result>(stream: string, task: () => Promise<Result>): Promise<Result> => {
    const turn = (turns.get(stream) ?? Promise.resolve()).then(task, task);
    const settled = turn.catch(() => undefined).finally(() => turns.get(stream) === settled && turns.delete(stream));
    turns.set(stream, settled);
    return turn;
  };
  return {
    send: (decider, id, command, cause) => {
      const stream = `${decider.category}-${id}`;
      return inTurn(stream, async () => {
        const outcome = await executeCommand(ports, decider, {
          stream,
          command,
          id: newId(),
          provenance: cause,
          idempotency: idempotencyMark(`${cause.causationId}/${command.type}`, command),
        });
        if (outcome.kind === 'rejected') return outcome;
        if (outcome.kind !== 'done') {
          throw new ProcessInterruptedError(`${command.type} on ${stream} ended in ${outcome.kind}`);
        }
        if (outcome.effect === 'none') return { kind: 'unchanged' };
        return { kind: 'changed', eventId: eventId({ stream, version: outcome.version }) };
      });
    },
  };
}
