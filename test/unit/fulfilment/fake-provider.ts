// A payment provider that keeps books: what it took and gave back, once for each idempotency key.
import type { CaptureResult, PaymentProvider } from '../../../lambdas/domain/payment/port.ts';

export interface BookkeepingProvider extends PaymentProvider {
  /** Transaction ids by order. */
  readonly captured: ReadonlyMap<string, string>;
  /** How often each transaction was given back. */
  readonly refunds: ReadonlyMap<string, number>;
  /** The customer's bank says yes, later, to what is pending. @returns the transaction, if there was anything pending */
  captureLate(orderId: string): string | undefined;
  /** The customer's bank says no, later, to what is pending. @returns whether there was anything pending */
  declineLate(orderId: string): boolean;
}

export function fakeProvider(): BookkeepingProvider {
  const captured = new Map<string, string>();
  const refunds = new Map<string, number>();
  const pending = new Set<string>();
  const declined = new Set<string>();
  const refundKeys = new Set<string>();
  const take = (orderId: string): string => {
    const transactionId = captured.get(orderId) ?? `tx-${orderId}`;
    captured.set(orderId, transactionId);
    return transactionId;
  };
  return {
    captured,
    refunds,
    captureLate: (orderId) => (pending.has(orderId) && !declined.has(orderId) ? take(orderId) : undefined),
    declineLate(orderId) {
      if (!pending.has(orderId) || captured.has(orderId)) return false;
      declined.add(orderId);
      return true;
    },
    async capture({ orderId, paymentToken }): Promise<CaptureResult> {
      if (paymentToken === 'tok_declined' || declined.has(orderId)) return { kind: 'declined' };
      if (paymentToken === 'tok_ok' || captured.has(orderId)) return { kind: 'captured', transactionId: take(orderId) };
      pending.add(orderId);
      return { kind: 'pending' };
    },
    async refund({ transactionId, idempotencyKey }) {
      if (refundKeys.has(idempotencyKey)) return;
      refundKeys.add(idempotencyKey);
      refunds.set(transactionId, (refunds.get(transactionId) ?? 0) + 1);
    },
  };
}
