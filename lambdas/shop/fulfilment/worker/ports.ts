// What the process manager's effects depend on.
import type { ProcessWorkerPorts } from '../../../spine/process/ports.ts';
import type { PaymentProvider } from '../../payments/port.ts';

export interface FulfilmentPorts extends ProcessWorkerPorts {
  readonly provider: PaymentProvider;
  /** How long an order waits for the provider's answer. */
  readonly paymentTimeoutInSeconds: number;
  /** The longest outage that an order waits out. */
  readonly outageInSeconds: number;
}
