import { expect, it, onTestFinished } from 'vitest';
import { remoteSandbox } from '../../../lambdas/shop/payments/providers/remote-sandbox.ts';
import shop from '../../../lib/shop/local.ts';
import { startApplicationServices } from '../../../local/application/services.ts';
import { type ServiceFault, ServiceFaults } from '../../../local/faults/service-faults.ts';

/** The sandbox as the local host serves it, and a client that tries once. */
async function start() {
  const faults = new ServiceFaults(() => 0);
  const { variables, stop } = await startApplicationServices(shop.services(), faults, () => {});
  onTestFinished(stop);
  const provider = remoteSandbox(String(variables['PAYMENT_SANDBOX_ENDPOINT']));
  const order = { orderId: 'o', amount: 1, currency: 'EUR', idempotencyKey: 'k' };
  /** How it ended: `taken`, or the error's name. */
  const ended = (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => 'taken',
      (error: Error) => error.name,
    );
  return {
    fault: (fault: ServiceFault) => faults.set('payments', fault, 60),
    capture: (paymentToken = 'tok_ok') => ended(provider.capture({ ...order, paymentToken })),
    refund: () => ended(provider.refund({ ...order, transactionId: 't' })),
    find: () => provider.find({ ...order, paymentToken: 'tok_ok' }),
  };
}

it('takes no payment and no refund while it is down: both may be asked for again', async () => {
  const { fault, capture, refund } = await start();
  expect([await capture(), await refund()]).toEqual(['taken', 'taken']);
  fault({ mode: 'down' });
  expect([await capture(), await refund()]).toEqual(['ProviderUnavailableError', 'ProviderUnavailableError']);
});

it('takes so many payments while it throttles', async () => {
  const { fault, capture } = await start();
  fault({ mode: 'throttle', perSecond: 2 });
  expect([await capture(), await capture(), await capture()]).toEqual(['taken', 'taken', 'ProviderUnavailableError']);
});

it('answers over HTTP as it answers inside a function', async () => {
  const { capture, find } = await start();
  expect(await find()).toEqual({ kind: 'captured', transactionId: expect.stringMatching(/^txn_/) });
  expect([await capture('tok_flaky'), await capture('tok_flaky'), await capture('tok_flaky')]).toEqual([
    'ProviderUnavailableError',
    'ProviderUnavailableError',
    'taken',
  ]);
});
