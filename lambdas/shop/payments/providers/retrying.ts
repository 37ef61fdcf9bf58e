// Retries passing failures for as long as the caller can wait. After that, the caller's message is delivered again.

import type { ExecutionPorts } from '../../../spine/kernel/execution/execute-command.ts';
import type { PaymentProvider } from '../port.ts';
import { ProviderUnavailableError } from './errors.ts';

const MAX_ATTEMPTS = 3;
/** A call that took longer than that to fail is left to a later run: this one has other orders and limited time. */
const LONGEST_RETRIED_IN_MILLIS = 1_000;
const LONGEST_FIRST_PAUSE_IN_MILLIS = 100;

interface RetryingPorts extends Pick<ExecutionPorts, 'wait' | 'random'> {
  /** Milliseconds, monotonic. */
  clock(): number;
}

/** The provider, asked up to three times with pauses of at most 100 and 200 ms. The key makes that harmless. */
export function retrying(provider: PaymentProvider, ports: RetryingPorts): PaymentProvider {
  const attempt = async <Result>(call: () => Promise<Result>, number: number): Promise<Result> => {
    const startedAt = ports.clock();
    try {
      return await call();
    } catch (error) {
      const isSlow = ports.clock() - startedAt > LONGEST_RETRIED_IN_MILLIS;
      if (number === MAX_ATTEMPTS || isSlow || !(error instanceof ProviderUnavailableError)) throw error;
      await ports.wait(ports.random() * LONGEST_FIRST_PAUSE_IN_MILLIS * 2 ** (number - 1));
      return attempt(call, number + 1);
    }
  };
  return {
    capture: (request) => attempt(() => provider.capture(request), 1),
    refund: (request) => attempt(() => provider.refund(request), 1),
    find: (request) => attempt(() => provider.find(request), 1),
  };
}
