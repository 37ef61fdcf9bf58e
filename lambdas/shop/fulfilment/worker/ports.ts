// What the process manager's actions reach for.
import type { OwnQueue } from '../../../spine/aws/sqs/own-queue.ts';
import type { TimerQueue } from '../../../spine/aws/sqs/timer-queue.ts';
import type { ExecutionPorts } from '../../../spine/kernel/execution/execute-command.ts';
import type { PaymentProvider } from '../../payments/port.ts';

export interface FulfilmentPorts extends ExecutionPorts {
  readonly provider: PaymentProvider;
  readonly timers: TimerQueue;
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
