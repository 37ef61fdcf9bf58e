// Sends a process's commands to other streams, without a key: what is there already is known by the state.
import type { Decider, Rejection } from '../kernel/decider.ts';
import { type DomainEvent, eventId, type Provenance, streamOf } from '../kernel/envelope.ts';
import type { EventStore } from '../kernel/event-store.ts';
import { type ExecutionPorts, execute } from '../kernel/execution/execute-command.ts';
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
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** Causation id for the outcome: the resulting event, else the action's cause. */
export const causeOf = (sent: Sent, cause: Provenance): string =>
  sent.kind === 'changed' ? sent.eventId : cause.causationId;

export interface CommandSender {
  /** @throws ProcessInterruptedError when too many others change the stream at the same time */
  send<Command extends { readonly type: string }, Event extends DomainEvent, State>(
    decider: Decider<Command, Event, State>,
    id: string,
    command: Command,
    cause: Provenance,
  ): Promise<Sent<State>>;
}

export function commandSender(ports: ExecutionPorts, newId: () => string): CommandSender {
  return {
    async send(decider, id, command, cause) {
      const stream = streamOf(decider.category, id);
      const { store, lostRaces } = countingRaces(ports.store);
      const request = { stream, command, id: newId(), provenance: cause };
      const { outcome, current } = await execute({ ...ports, store }, decider, request);
      if (outcome.kind === 'rejected') return outcome;
      if (outcome.kind !== 'done') {
        throw new ProcessInterruptedError(`${command.type} on ${stream} ended in ${outcome.kind}`);
      }
      const kind = outcome.effect === 'none' ? 'unchanged' : 'changed';
      const { version } = outcome;
      return { kind, version, eventId: eventId({ stream, version }), state: current.state, lostRaces: lostRaces() };
    },
  };
}

function countingRaces(store: EventStore): { readonly store: EventStore; readonly lostRaces: () => number } {
  let lost = 0;
  const append: EventStore['append'] = async (commit) => {
    const result = await store.append(commit);
    if (result.kind === 'conflict') lost += 1;
    return result;
  };
  return { store: { ...store, append }, lostRaces: () => lost };
}
