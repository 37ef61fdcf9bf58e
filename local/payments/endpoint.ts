// What `POST /local/payments/{orderId}` does: the sandbox provider's later answer, now, by the way that a provider's answer comes.
import * as z from 'zod';
import { CORRELATION_HEADER } from '../../lambdas/spine/http/request/correlation.ts';
import type { HttpResponse } from '../gateway/http-exchange.ts';
import { parseJsonBody } from '../gateway/json-body.ts';
import type { LocalEndpoints } from '../gateway/local-endpoints.ts';
import type { Resource } from '../ports.ts';
import type { SecretsManager } from '../services/secrets/start.ts';
import { callbackSecretArn } from './callback-secret.ts';
import { signedCallback } from './signed-callback.ts';

const request = z.strictObject({ outcome: z.enum(['captured', 'declined']) });

export interface CallbackTarget {
  /** Where the API listens: `http://127.0.0.1:3000`. */
  readonly apiUrl: string;
  readonly secrets: Pick<SecretsManager, 'valueOf'>;
}

/** None for a template without a function that takes callbacks. */
export function paymentEndpoints(resources: readonly Resource[], { apiUrl, secrets }: CallbackTarget): LocalEndpoints {
  const secretArn = callbackSecretArn(resources);
  return secretArn === undefined ? {} : paymentEndpoint(apiUrl, () => secrets.valueOf(secretArn));
}

/** @param secret what callbacks are signed with */
const paymentEndpoint = (apiUrl: string, secret: () => string): LocalEndpoints => ({
  'POST /local/payments/{orderId}': async ({ body, correlationId }, { orderId = '' }) => {
    const { outcome } = parseJsonBody(request, body);
    const callback = await signedCallback(secret(), orderId, outcome);
    const response = await fetch(`${apiUrl}/payment-callbacks`, {
      method: 'POST',
      headers: { ...callback.headers, [CORRELATION_HEADER]: correlationId },
      body: callback.body,
    });
    return passedOn(response);
  },
});

/** Headers of the one connection, and those that the server sets anew. */
const ownHeaders = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date'];

async function passedOn(response: Response): Promise<HttpResponse> {
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !ownHeaders.includes(name)));
  return { statusCode: response.status, headers, body: await response.text() };
}
