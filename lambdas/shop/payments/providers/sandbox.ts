// A payment provider that moves no money: the token says how a capture ends.
import { createHash } from 'node:crypto';
import type { CaptureRequest, CaptureResult, PaymentProvider } from '../port.ts';
import { ProviderUnavailableError } from './errors.ts';

const FLAKY_FAILURES = 2;

/** The same key, the same transaction. */
const sandboxTransactionId = (idempotencyKey: string): string =>
  `txn_${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 24)}`;

/** Remembers nothing but how often each key of `tok_flaky` failed, for as long as it lives. */
export function sandboxProvider(): PaymentProvider {
  const failures = new Map<string, number>();
  const captureAfterFailures = (idempotencyKey: string): CaptureResult => {
    const failed = failures.get(idempotencyKey) ?? 0;
    if (failed === FLAKY_FAILURES) return captured(idempotencyKey);
    failures.set(idempotencyKey, failed + 1);
    throw new ProviderUnavailableError(
      `The sandbox fails ${FLAKY_FAILURES} times for tok_flaky; this was time ${failed + 1}`,
    );
  };
  return {
    async capture({ paymentToken, idempotencyKey }: CaptureRequest) {
      switch (paymentToken) {
        case 'tok_ok':
          return captured(idempotencyKey);
        case 'tok_silent':
          return { kind: 'pending' };
        case 'tok_flaky':
          return captureAfterFailures(idempotencyKey);
        default:
          return { kind: 'declined' };
      }
    },
    refund: () => Promise.resolve(),
    async find({ paymentToken, idempotencyKey }) {
      if (paymentToken === 'tok_ok' || paymentToken === 'tok_flaky') return captured(idempotencyKey);
      return { kind: paymentToken === 'tok_silent' ? 'pending' : 'declined' };
    },
  };
}

const captured = (idempotencyKey: string): CaptureResult => ({
  kind: 'captured',
  transactionId: sandboxTransactionId(idempotencyKey),
});
