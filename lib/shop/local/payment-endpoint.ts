// What `POST /local/payments/{orderId}` does: the sandbox provider's later answer, now, delivered as a provider's answer is.
import * as z from 'zod';
import { CORRELATION_HEADER } from '../../../lambdas/spine/http/request/correlation.ts';
import type { LocalApplicationEndpoints, RunningHost } from '../../../local/application/local-application.ts';
import { callbackSecretArn } from './callback-secret.ts';
import { signedCallback } from './signed-callback.ts';

const outcomeOnly = z.strictObject({ outcome: z.enum(['captured', 'declined']) });

/** None for a template without a function that takes callbacks. */
export function paymentEndpoints({ url, resources, secretValue }: RunningHost): LocalApplicationEndpoints {
  const secretArn = callbackSecretArn(resources);
  if (secretArn === undefined) return {};
  return {
    async 'POST /local/payments/{orderId}'({ body, correlationId, pathParameters: { orderId = '' } }) {
      const { outcome } = body(outcomeOnly);
      const callback = await signedCallback(secretValue(secretArn), orderId, outcome);
      const response = await fetch(`${url}/payment-callbacks`, {
        method: 'POST',
        headers: { ...callback.headers, [CORRELATION_HEADER]: correlationId },
        body: callback.body,
      });
      return { statusCode: response.status, headers: passedOn(response.headers), body: await response.text() };
    },
  };
}

/** Headers of the one connection, and those that the server sets anew. */
const ownHeaders = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date'];

const passedOn = (headers: Headers): Readonly<Record<string, string>> =>
  Object.fromEntries([...headers].filter(([name]) => !ownHeaders.includes(name)));
