// What is outside of the shop: a payment provider with its books.
import type { PaymentProvider } from '../../../lambdas/shop/payments/port.ts';
import { ProviderUnavailableError } from '../../../lambdas/shop/payments/providers/errors.ts';
import type { Instance } from '../../../lambdas/spine/testing/simulator/functions/instance.ts';
import type { System } from '../../../lambdas/spine/testing/simulator/system.ts';
import { type BookkeepingProvider, fakeProvider } from '../fulfilment/fake-provider.ts';

export interface Outside {
  readonly books: BookkeepingProvider;
  /** Milliseconds since 1970. */
  now(): number;
}

export const outsideOf = ({ world }: System): Outside => ({
  books: fakeProvider(() => new Date(world.time.now())),
  now: world.time.now,
});

const service = 'the payment provider';

/** @throws ProviderUnavailableError for whatever keeps an answer from coming */
export function providerOf({ call }: Instance, { books }: Outside): PaymentProvider {
  const asked = async <Result>(what: string, ask: () => Promise<Result>): Promise<Result> => {
    try {
      return await call(what, { service }, ask);
    } catch (error) {
      throw new ProviderUnavailableError(`${what} has no answer`, { cause: error });
    }
  };
  return {
    capture: (request) => asked(`capture the payment of ${request.orderId}`, () => books.capture(request)),
    refund: (request) => asked(`refund ${request.transactionId}`, () => books.refund(request)),
    find: (request) => asked(`look up the payment of ${request.orderId}`, () => books.find(request)),
  };
}
