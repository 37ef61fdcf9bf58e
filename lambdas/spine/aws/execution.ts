// The ports of command execution as functions have them.
import { setTimeout as wait } from 'node:timers/promises';
import type { EventStore } from '../kernel/event-store.ts';
import type { ExecutionPorts } from '../kernel/execution/execute-command.ts';
import { keptStreams } from '../kernel/execution/kept-streams.ts';

/** What every retry needs. */
export const retryPorts: Pick<ExecutionPorts, 'wait' | 'random'> = { wait, random: Math.random };

/** For one function instance, which keeps what it learns of streams for its next invocations. */
export const executionPorts = (store: EventStore): ExecutionPorts => ({ store, kept: keptStreams(), ...retryPorts });
