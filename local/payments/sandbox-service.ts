// Serves the sandbox provider as the service that a payment provider is to the functions: over HTTP, and with faults.
import { ProviderUnavailableError } from '../../lambdas/shop/payments/providers/errors.ts';
import { sandboxProvider } from '../../lambdas/shop/payments/providers/sandbox.ts';
import type { ServiceFaults } from '../faults/service-faults.ts';
import type { HttpRequest, HttpResponse } from '../gateway/http-exchange.ts';
import { HttpServer } from '../gateway/http-server.ts';
import type { Service } from '../services/service.ts';

/** @param log called with what the sandbox did not expect */
export async function startSandbox(faults: ServiceFaults, log: (line: string) => void): Promise<Service> {
  const provider = sandboxProvider();
  const answers: Readonly<Record<string, (request: never) => Promise<unknown>>> = {
    '/captures': provider.capture,
    '/refunds': provider.refund,
    '/searches': provider.find,
  };
  const answer = async ({ path, body }: HttpRequest): Promise<HttpResponse> => {
    const refusal = faults.refusal('payments');
    if (refusal !== undefined) return { statusCode: refusal === 'down' ? 503 : 429 };
    const ask = answers[path];
    if (ask === undefined) return { statusCode: 404 };
    try {
      return { statusCode: 200, body: JSON.stringify((await ask(JSON.parse(String(body)) as never)) ?? {}) };
    } catch (error) {
      if (error instanceof ProviderUnavailableError) return { statusCode: 503, body: error.message };
      throw error;
    }
  };
  const server = await HttpServer.listen(0, (error) => log(`The sandbox provider failed: ${error}`));
  server.serve(answer);
  return { endpoint: server.url, stop: () => server.stop() };
}
