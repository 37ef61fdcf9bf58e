// Sends the process manager's commands to other streams: keyed, so that a repeated one is known again, and one at a time for a
// stream, so that a popular product's reservations do not race within one function.
import type { Decider, Rejection } from '../../kernel/decider.ts';
import { type DomainEvent, eventId, type Provenance } from '../../kernel/envelope.ts';
import { type ExecutionPorts, executeFrom } from '../../kernel/execute-command.ts';
import { idempotencyMark } from '../../kernel/idempotency.ts';
import { noKeys } from '../../kernel/key-index.ts';
import { useOfKey } from '../../kernel/key-lookup.ts';
import { ProcessInterruptedError } from '../../kernel/process-manager.ts';
import { loadStream } from '../../kernel/stream-state.ts';

export type Sent<State = unknown> =
  /** `eventId` names the command's last event, of this run or of an earlier one; `state` is the stream's after it. */
  | { readonly kind: 'changed'; readonly eventId: string; readonly state: State; readonly earlier: Earlier }
  /** The stream was as it should be already; its newest event, `eventId`, may be of somebody else. */
  | { readonly kind: 'unchanged'; readonly eventId: string; readonly state: State; readonly earlier: Earlier }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** The last event of another command that was sent to the stream under the same key, unless that is forgotten. */
type Earlier = (command: { readonly type: string }) => Promise<string | undefined>;

/** What an action's end is told by: the event that its command led to, and without one what caused the command. */
export const causeOf = (sent: Sent, cause: Provenance): string =>
  sent.kind === 'changed' ? sent.eventId : cause.causationId;

const markOf = (key: string, command: { readonly type: string }) => idempotencyMark(`${key}/${command.type}`, command);

export interface CommandSender {
  /**
   * @param key what the command is known by when it is repeated; by default the event that caused it
   * @param isWanted asked when the command had to wait: whether it is still to be sent
   * @throws ProcessInterruptedError when too many others change the stream at the same time
   */
  send<Command extends { readonly type: string }, Event extends DomainEvent, State>(
    decider: Decider<Command, Event, State>,
    id: string,
    command: Command,
    cause: Provenance,
    key?: string,
    isWanted?: () => Promise<boolean>,
  ): Promise<Sent<State>>;
}

/** How long a command may wait for its turn and its stream before it counts as having waited. */
const LONGEST_UNQUESTIONED_WAIT_IN_MILLIS = 500;

export function commandSender(ports: ExecutionPorts, newId: () => string, now: () => Date): CommandSender {
  const turns = new Map<string, Promise<unknown>>();
  const inTurn = <Result>(stream: string, task: () => Promise<Result>): Promise<Result> => {
    const turn = (turns.get(stream) ?? Promise.resolve()).then(task, task);
    const settled = turn.catch(() => undefined).finally(() => turns.get(stream) === settled && turns.delete(stream));
    turns.set(stream, settled);
    return turn;
  };
  return {
    send: (decider, id, command, cause, key = cause.causationId, isWanted = async () => true) => {
      const askedAt = now().getTime();
      const stream = `${decider.category}-${id}`;
      return inTurn(stream, async () => {
        const idempotency = markOf(key, command);
        const request = { stream, command, id: newId(), provenance: cause, idempotency };
        const loaded = await loadStream(ports.store, decider, stream);
        const hasWaited = now().getTime() - askedAt > LONGEST_UNQUESTIONED_WAIT_IN_MILLIS;
        if (hasWaited && !(await isWanted())) {
          throw new ProcessInterruptedError(`${command.type} on ${stream} waited until it was no longer wanted`);
        }
        const { outcome, current } = await executeFrom(ports, decider, request, loaded);
        if (outcome.kind === 'rejected') return outcome;
        if (outcome.kind !== 'done') {
          throw new ProcessInterruptedError(`${command.type} on ${stream} ended in ${outcome.kind}`);
        }
        const earlier: Earlier = async (other) => {
          const { use } = await useOfKey(ports.store, stream, current.keys ?? noKeys, markOf(key, other));
          return use.kind === 'replay' ? eventId({ stream, version: use.version }) : undefined;
        };
        const kind = outcome.effect === 'none' ? 'unchanged' : 'changed';
        return { kind, eventId: eventId({ stream, version: outcome.version }), state: current.state, earlier };
      });
    },
  };
}
