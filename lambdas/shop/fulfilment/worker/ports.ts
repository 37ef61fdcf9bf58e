// What the process manager's actions reach for.

import type { ExecutionPorts } from '../../../spine/kernel/execution/execute-command.ts';
import type { OwnQueue } from '../../../spine/kernel/pipeline/own-queue.ts';
import type { Timers } from '../../../spine/kernel/timers.ts';
import type { PaymentProvider } from '../../payments/port.ts';

export interface FulfilmentPorts extends ExecutionPorts {
  readonly provider: PaymentProvider;
  readonly timers: Timers;
  readonly ownQueue: OwnQueue;
  /** How long an order waits for the provider's answer. */
  readonly paymentTimeoutInSeconds: number;
  /** How long an outage may last that an order waits out. */
  readonly outageInSeconds: number;
  /** Counts an order that has been waiting for so long that an operator should know. */
  countLongWait(): void;
  newId(): string;
  now(): Date;
}
