// The ports of command execution as functions have them.
import { setTimeout as wait } from 'node:timers/promises';
import type { EventStore } from '../kernel/event-store.ts';
import type { ExecutionPorts } from '../kernel/execution/execute-command.ts';
import { keptStreams } from '../kernel/execution/kept-streams.ts';

/** What everything that tries again needs. */
export const retryPorts: Pick<ExecutionPorts, 'wait' | 'random'> = { wait, random: Math.random };

/** Of one function instance: what it learns of streams it keeps for its next invocations. */
export const executionPorts = (store: EventStore): ExecutionPorts => ({ store, kept: keptStreams(), ...retryPorts });
