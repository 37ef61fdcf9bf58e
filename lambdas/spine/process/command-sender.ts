// Sends a process's commands to other streams, without a key: what is there already is known by the state.
import type { Decider, Rejection } from '../kernel/decider.ts';
import { type DomainEvent, eventId, type Provenance, streamOf } from '../kernel/envelope.ts';
import { type CommandRequest, type ExecutionPorts, execute, executeFrom } from '../kernel/execution/execute-command.ts';
import type { StreamState } from '../kernel/execution/stream-state.ts';
import { ProcessInterruptedError } from '../kernel/process-manager.ts';

export type Sent<State = unknown> =
  | {
      /** `unchanged`: the stream was as it should be already; its newest event, `eventId`, may be somebody else's. */
      readonly kind: 'changed' | 'unchanged';
      readonly eventId: string;
      /** The stream's after the command, as is `state`. */
      readonly version: number;
      readonly state: State;
      /** How often others were quicker to write to the stream. */
      readonly lostRaces: number;
    }
  | { readonly kind: 'rejected'; readonly rejection: Rejection; readonly state: State };

/** Causation id for the outcome: the resulting event, else the action's cause. */
export const causeOf = (sent: Sent, cause: Provenance): string =>
  sent.kind === 'changed' ? sent.eventId : cause.causationId;

/** Others were quicker as often as the sender would take. */
export interface Contended<State> {
  readonly kind: 'contended';
  /** The stream as it was seen last. */
  readonly current: StreamState<State>;
}

export interface CommandSender {
  /** @throws ProcessInterruptedError when too many others change the stream at the same time */
  send<Command extends { readonly type: string }, Event extends DomainEvent, State>(
    decider: Decider<Command, Event, State>,
    id: string,
    command: Command,
    cause: Provenance,
  ): Promise<Sent<State>>;
  /** As `send`, but for what the sender knows and how long it is patient. */
  trySending<Command extends { readonly type: string }, Event extends DomainEvent, State>(
    decider: Decider<Command, Event, State>,
    id: string,
    command: Command,
    cause: Provenance,
    tactics: Tactics<State>,
  ): Promise<Sent<State> | Contended<State>>;
}

export interface Tactics<State> extends Pick<CommandRequest<never>, 'mostRaces' | 'takesAsKept'> {
  /** The stream as the sender has just seen it. */
  readonly from?: StreamState<State> | undefined;
}

export function commandSender(ports: ExecutionPorts, newId: () => string): CommandSender {
  const trySending: CommandSender['trySending'] = async (decider, id, command, cause, { from, ...tactics }) => {
    const stream = streamOf(decider.category, id);
    const request = { stream, command, id: newId(), provenance: cause, ...tactics };
    const { outcome, current, lostRaces } = await (from
      ? executeFrom(ports, decider, request, from)
      : execute(ports, decider, request));
    if (outcome.kind === 'rejected') return { ...outcome, state: current.state };
    if (outcome.kind === 'contention' && tactics.mostRaces !== undefined) return { kind: 'contended', current };
    if (outcome.kind !== 'done') {
      throw new ProcessInterruptedError(`${command.type} on ${stream} ended in ${outcome.kind}`);
    }
    const kind = outcome.effect === 'none' ? 'unchanged' : 'changed';
    const { version } = outcome;
    return { kind, version, eventId: eventId({ stream, version }), state: current.state, lostRaces };
  };
  return {
    trySending,
    async send(decider, id, command, cause) {
      const sent = await trySending(decider, id, command, cause, {});
      if (sent.kind === 'contended') throw new RangeError(`${command.type} was given up without a limit`);
      return sent;
    },
  };
}
