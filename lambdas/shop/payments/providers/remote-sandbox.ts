// The sandbox as a service over HTTP: the same answers as in this process, over a network that can fail as it does with a real
// provider.
import type { CaptureResult, FoundPayment, PaymentProvider } from '../port.ts';
import { ProviderFailedError, ProviderUnavailableError } from './errors.ts';

/** Three attempts fit into the 30 s of a subscriber. */
const REQUEST_TIMEOUT_IN_MILLIS = 8_000;

/** Requests go to `<endpoint>/captures`, `<endpoint>/refunds` and `<endpoint>/searches` as JSON. */
export function remoteSandbox(endpoint: string): PaymentProvider {
  const ask = async (path: string, request: unknown): Promise<Response> => {
    const response = await post(`${endpoint}${path}`, request);
    const { ok, status } = response;
    if (ok) return response;
    const said = `The sandbox answered ${path} with status ${status}`;
    throw status === 429 || status >= 500 ? new ProviderUnavailableError(said) : new ProviderFailedError(said);
  };
  return {
    capture: async (request) => (await (await ask('/captures', request)).json()) as CaptureResult,
    refund: async (request) => {
      await ask('/refunds', request);
    },
    find: async (request) => (await (await ask('/searches', request)).json()) as FoundPayment,
  };
}

async function post(url: string, request: unknown): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_IN_MILLIS),
    });
  } catch (cause) {
    throw new ProviderUnavailableError('The sandbox does not answer', { cause });
  }
}
