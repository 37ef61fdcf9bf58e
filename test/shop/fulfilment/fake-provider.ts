// A payment provider that keeps books: what it took and gave back, once for each idempotency key that it still knows. It can
// be down.

import type { CaptureResult, FoundPayment, PaymentProvider } from '../../../lambdas/shop/payments/port.ts';
import { ProviderUnavailableError } from '../../../lambdas/shop/payments/providers/errors.ts';

export interface BookkeepingProvider extends PaymentProvider {
  /** Transaction ids by order. */
  readonly captured: ReadonlyMap<string, string>;
  /** Every transaction that money was taken in. */
  readonly charges: readonly string[];
  /** How often each transaction was given back. */
  readonly refunds: ReadonlyMap<string, number>;
  /** How often it was asked for anything. */
  asked(): number;
  /** While it is down, whatever it is asked fails. */
  setDown(isDown: boolean): void;
  /** The customer's bank says yes, later, to what is pending. @returns the transaction, if there was anything pending */
  captureLate(orderId: string): string | undefined;
  /** The customer's bank says no, later, to what is pending. @returns whether there was anything pending */
  declineLate(orderId: string): boolean;
}

const KEY_FORGOTTEN_AFTER_IN_MILLIS = 24 * 60 * 60 * 1_000;

export function fakeProvider(now: () => Date): BookkeepingProvider {
  const captured = new Map<string, string>();
  const charges: string[] = [];
  const keys = new Map<string, number>();
  const refunds = new Map<string, number>();
  const pending = new Set<string>();
  const declined = new Set<string>();
  const refundKeys = new Set<string>();
  let isDown = false;
  let asked = 0;
  const up = () => {
    asked += 1;
    if (isDown) throw new ProviderUnavailableError('down');
  };
  const take = (orderId: string): string => {
    const transactionId = `tx-${orderId}-${charges.length}`;
    captured.set(orderId, transactionId);
    charges.push(transactionId);
    return transactionId;
  };
  const isKnown = (key: string): boolean => {
    const first = keys.get(key);
    if (first !== undefined && now().getTime() - first < KEY_FORGOTTEN_AFTER_IN_MILLIS) return true;
    keys.set(key, now().getTime());
    return false;
  };
  const standing = (orderId: string, paymentToken: string): FoundPayment => {
    const transactionId = captured.get(orderId);
    if (transactionId !== undefined) return { kind: 'captured', transactionId };
    if (declined.has(orderId)) return { kind: 'declined' };
    if (pending.has(orderId)) return { kind: 'pending' };
    return { kind: paymentToken === 'tok_declined' && keys.has(`capture-${orderId}`) ? 'declined' : 'unknown' };
  };
  return {
    captured,
    charges,
    refunds,
    asked: () => asked,
    setDown: (down) => {
      isDown = down;
    },
    captureLate: (orderId) =>
      pending.has(orderId) && !declined.has(orderId) ? (captured.get(orderId) ?? take(orderId)) : undefined,
    declineLate(orderId) {
      if (!pending.has(orderId) || captured.has(orderId)) return false;
      declined.add(orderId);
      return true;
    },
    async capture({ orderId, paymentToken, idempotencyKey }): Promise<CaptureResult> {
      up();
      const isRepeated = isKnown(idempotencyKey);
      const known = standing(orderId, paymentToken);
      if (isRepeated && known.kind !== 'unknown') return known;
      if (paymentToken === 'tok_declined') return { kind: 'declined' };
      if (paymentToken === 'tok_ok') return { kind: 'captured', transactionId: take(orderId) };
      pending.add(orderId);
      return { kind: 'pending' };
    },
    async refund({ transactionId, idempotencyKey }) {
      up();
      if (refundKeys.has(idempotencyKey)) return;
      refundKeys.add(idempotencyKey);
      refunds.set(transactionId, (refunds.get(transactionId) ?? 0) + 1);
    },
    async find({ orderId, paymentToken }) {
      up();
      return standing(orderId, paymentToken);
    },
  };
}
