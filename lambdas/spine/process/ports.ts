// What a process depends on.
import type { ExecutionPorts } from '../kernel/execution/execute-command.ts';
import type { OwnQueue } from '../kernel/pipeline/own-queue.ts';
import type { Timers } from '../kernel/timers.ts';
import type { LagPorts } from '../runtime/lag.ts';
import type { LastFailurePorts } from '../runtime/last-failures.ts';

export interface ProcessWorkerPorts extends ExecutionPorts {
  readonly timers: Timers;
  readonly ownQueue: OwnQueue;
  /** Counts a process that has been waiting for so long that an operator should know. */
  countLongWait(): void;
  readonly lag?: LagPorts;
  readonly lastFailures?: LastFailurePorts;
  newId(): string;
  now(): Date;
}
