import { describe, expect, it, onTestFinished } from 'vitest';
import { checkSignature } from '../../../lambdas/shop/payments/providers/callback-signature.ts';
import { sandboxProvider } from '../../../lambdas/shop/payments/providers/sandbox.ts';
import shop from '../../../lib/shop/local.ts';
import { withApplicationEndpoints } from '../../../local/application/endpoints.ts';
import type { HttpRequest, HttpResponse } from '../../../local/gateway/http-exchange.ts';
import { HttpServer } from '../../../local/gateway/http-server.ts';
import { withLocalEndpoints } from '../../../local/gateway/local-endpoints.ts';
import type { Resource } from '../../../local/ports.ts';

const functionWith = (variables: Readonly<Record<string, string>>): Resource => ({
  path: 'payment-callback/function',
  stack: 'compute',
  logicalId: 'Callback',
  type: 'AWS::Lambda::Function',
  properties: { Environment: { Variables: variables } },
});
const callbackFunction = functionWith({ PAYMENT_CALLBACK_SECRET_ARN: 'arn:secret' });

const accepted: HttpResponse = { statusCode: 202, headers: { etag: '"2"' }, body: '{"version":2}' };

/** A host whose API is a callback route that answers as the test says. */
async function start(answer: HttpResponse = accepted, resources = [functionWith({}), callbackFunction]) {
  const callbacks: HttpRequest[] = [];
  const server = await HttpServer.listen(0, () => {});
  onTestFinished(() => server.stop());
  const host = { url: server.url, resources, secretValue: (arn: string) => `secret of ${arn}` };
  const api = async (request: HttpRequest) => {
    callbacks.push(request);
    return answer;
  };
  server.serve(withLocalEndpoints(withApplicationEndpoints({}, shop, host), api));
  const pay = (orderId: string, outcome: string) =>
    fetch(`${server.url}/local/payments/${orderId}`, {
      method: 'POST',
      headers: { 'x-correlation-id': 'mine-1' },
      body: JSON.stringify({ outcome }),
    });
  return { callbacks, pay };
}

const sent = (request: HttpRequest | undefined): unknown => JSON.parse(request?.body.toString() ?? '');

describe('the sandbox provider, told to answer', () => {
  it('calls the callback route with the signature, the correlation and the transaction of its capture', async () => {
    const { callbacks, pay } = await start();
    await pay('01J', 'captured');

    const [callback] = callbacks;
    const capture = await sandboxProvider().capture({
      orderId: '01J',
      amount: 500,
      currency: 'EUR',
      paymentToken: 'tok_ok',
      idempotencyKey: 'capture-01J',
    });
    expect(sent(callback)).toEqual({
      orderId: '01J',
      outcome: 'captured',
      transactionId: capture.kind === 'captured' && capture.transactionId,
    });
    expect([callback?.method, callback?.path]).toEqual(['POST', '/payment-callbacks']);
    expect(callback?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-correlation-id': 'mine-1',
    });
    const signature = String(callback?.headers['payment-signature']);
    const body = callback?.body ?? new Uint8Array();
    expect(checkSignature(signature, body, 'secret of arn:secret', Date.now() / 1000)).toEqual({ kind: 'valid' });
  });

  it('declines without a transaction', async () => {
    const { callbacks, pay } = await start();
    await pay('01J', 'declined');
    expect(sent(callbacks[0])).toEqual({ orderId: '01J', outcome: 'declined' });
  });

  it.each([
    ['202', accepted],
    ['404', { statusCode: 404, headers: { 'content-type': 'application/problem+json' }, body: '{"code":"not_found"}' }],
  ])('answers what the callback route answered: %s', async (_name, answer) => {
    const { pay } = await start(answer);
    const response = await pay('01J', 'captured');
    expect([response.status, await response.text()]).toEqual([answer.statusCode, answer.body]);
    expect(Object.fromEntries(response.headers)).toMatchObject(answer.headers ?? {});
  });

  it('refuses another outcome, and calls nobody', async () => {
    const { callbacks, pay } = await start();
    const response = await pay('01J', 'lost');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'validation_failed',
      errors: [{ pointer: '/body/outcome', detail: expect.stringContaining('captured') }],
    });
    expect(callbacks).toEqual([]);
  });

  it('cannot be told for a template without a function that takes callbacks', async () => {
    const { callbacks, pay } = await start(accepted, [functionWith({})]);
    expect((await pay('01J', 'captured')).status).toBe(404);
    expect(callbacks).toEqual([]);
  });
});
