// Serves the sandbox provider to the functions as the service that a real one would be.

import { PAYMENT_SANDBOX_ENDPOINT } from '../../../lambdas/shop/bindings/environment.ts';
import { ProviderUnavailableError } from '../../../lambdas/shop/payments/providers/errors.ts';
import { sandboxProvider } from '../../../lambdas/shop/payments/providers/sandbox.ts';
import type { LocalService } from '../../../local/application/local-application.ts';

export function paymentSandbox(): LocalService {
  const provider = sandboxProvider();
  const answers: Readonly<Record<string, (request: never) => Promise<unknown>>> = {
    '/captures': provider.capture,
    '/refunds': provider.refund,
    '/searches': provider.find,
  };
  return {
    name: 'payments',
    endpointVariable: PAYMENT_SANDBOX_ENDPOINT,
    async answer({ path, body }) {
      const ask = answers[path];
      if (ask === undefined) return { statusCode: 404 };
      try {
        return { statusCode: 200, body: JSON.stringify((await ask(JSON.parse(String(body)) as never)) ?? {}) };
      } catch (error) {
        if (error instanceof ProviderUnavailableError) return { statusCode: 503, body: error.message };
        throw error;
      }
    },
  };
}
