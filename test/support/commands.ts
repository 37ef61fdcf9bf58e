// Commands for tests: requests with made-up ids, executed without waiting.
import type { Decider } from '../../lambdas/spine/kernel/decider.ts';
import type { DomainEvent } from '../../lambdas/spine/kernel/envelope.ts';
import type { EventStore } from '../../lambdas/spine/kernel/event-store.ts';
import {
  type CommandOutcome,
  type CommandRequest,
  type ExpectedVersions,
  executeCommand,
} from '../../lambdas/spine/kernel/execution/execute-command.ts';
import type { KeptStreams } from '../../lambdas/spine/kernel/execution/kept-streams.ts';
import { idempotencyMark } from '../../lambdas/spine/kernel/keys/idempotency.ts';

let ids = 0;

export interface Options {
  readonly key?: string;
  readonly expectedVersions?: ExpectedVersions;
  readonly createsStream?: boolean;
  readonly time?: string;
  readonly id?: string;
  /** What the process keeps of streams; by default nothing. */
  readonly kept?: KeptStreams;
}

export function request<Command extends { readonly type: string }>(
  stream: string,
  command: Command,
  { key, time = '2026-01-01T00:00:00.000Z', id = `command-${ids++}`, kept: _, ...rest }: Options = {},
): CommandRequest<Command> {
  return {
    stream,
    command,
    id,
    provenance: { time, correlationId: `correlation-${id}`, causationId: id },
    ...(key === undefined ? {} : { idempotency: idempotencyMark(key, command) }),
    ...rest,
  };
}

export const run = <Command extends { readonly type: string }, Event extends DomainEvent, State>(
  store: EventStore,
  decider: Decider<Command, Event, State>,
  stream: string,
  command: Command,
  options?: Options,
): Promise<CommandOutcome> =>
  executeCommand(
    { store, ...(options?.kept && { kept: options.kept }), wait: () => Promise.resolve(), random: () => 0 },
    decider,
    request(stream, command, options),
  );
