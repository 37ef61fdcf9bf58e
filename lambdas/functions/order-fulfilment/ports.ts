// What the process manager's actions reach for.
import type { TimerQueue } from '../../adapters/sqs/timer-queue.ts';
import type { PaymentProvider } from '../../domain/payment/port.ts';
import type { ExecutionPorts } from '../../kernel/execute-command.ts';

export interface FulfilmentPorts extends ExecutionPorts {
  readonly provider: PaymentProvider;
  readonly timers: TimerQueue;
  /** How long an order waits for the provider's answer. */
  readonly paymentTimeoutInSeconds: number;
  newId(): string;
  now(): Date;
}
