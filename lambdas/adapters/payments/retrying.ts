// Tries again what failed for a passing reason, as long as a caller can wait; beyond that its own redelivery does.
import type { PaymentProvider } from '../../domain/payment/port.ts';
import type { ExecutionPorts } from '../../kernel/execute-command.ts';
import { ProviderUnavailableError } from './errors.ts';

const MAX_ATTEMPTS = 3;
const LONGEST_FIRST_PAUSE_IN_MILLIS = 100;

/** The provider, asked up to three times with pauses of at most 100 and 200 ms. The key makes that harmless. */
export function retrying(provider: PaymentProvider, ports: Pick<ExecutionPorts, 'wait' | 'random'>): PaymentProvider {
  const attempt = async <Result>(call: () => Promise<Result>, number: number): Promise<Result> => {
    try {
      return await call();
    } catch (error) {
      if (number === MAX_ATTEMPTS || !(error instanceof ProviderUnavailableError)) throw error;
      await ports.wait(ports.random() * LONGEST_FIRST_PAUSE_IN_MILLIS * 2 ** (number - 1));
      return attempt(call, number + 1);
    }
  };
  return {
    capture: (request) => attempt(() => provider.capture(request), 1),
    refund: (request) => attempt(() => provider.refund(request), 1),
  };
}
