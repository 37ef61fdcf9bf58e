import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type BucketLimits,
  fullBucket,
  giveBack,
  MONTH_IN_MILLIS,
  refill,
  take,
} from '../../../lambdas/spine/kernel/pipeline/token-bucket.ts';

const limits: BucketLimits = { tokensPerMonth: 31, burst: 10 };
const DAY_IN_MILLIS = 24 * 60 * 60 * 1000;

it('is full in the beginning and earns evenly, up to its size', () => {
  const empty = take(fullBucket(limits, 0), 10);
  const tokensAt = (days: number) => refill(empty, limits, days * DAY_IN_MILLIS).tokens;
  expect([0, 0.99, 1, 2.5, 10, 40].map(tokensAt)).toEqual([0, 0, 1, 2, 10, 10]);
});

it('loses nothing of a token that is half earned', () => {
  const halfway = refill(take(fullBucket(limits, 0), 10), limits, 1.5 * DAY_IN_MILLIS);
  expect(refill(halfway, limits, 2 * DAY_IN_MILLIS).tokens).toBe(2);
});

it('gives no more than it holds and takes no more back than it can hold', () => {
  const bucket = fullBucket(limits, 0);
  expect(() => take(bucket, 11)).toThrow(RangeError);
  expect(giveBack(take(bucket, 3), 2, limits).tokens).toBe(9);
  expect(giveBack(take(bucket, 3), 9, limits).tokens).toBe(10);
});

it('shrinks to a smaller size at once', () => {
  expect(refill(fullBucket(limits, 0), { ...limits, burst: 4 }, 0).tokens).toBe(4);
});

const anyLimits = fc.record({
  tokensPerMonth: fc.integer({ min: 1, max: 5_000_000 }),
  burst: fc.integer({ min: 1, max: 20_000 }),
});
const steps = fc.array(
  fc.record({
    // Also backwards: the clocks of two machines differ.
    millis: fc.oneof(fc.integer({ min: -5_000, max: 5_000 }), fc.integer({ min: 0, max: 2 * MONTH_IN_MILLIS })),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { maxLength: 50 },
);

it('never gives more in any time than it could hold and earn in it, and holds whole tokens within its size', () => {
  fc.assert(
    fc.property(anyLimits, steps, (some, all) => {
      let now = 0;
      let latest = 0;
      let given = 0;
      let bucket = fullBucket(some, now);
      for (const { millis, share } of all) {
        now = Math.max(0, now + millis);
        latest = Math.max(latest, now);
        bucket = refill(bucket, some, now);
        expect(bucket.tokens).toBeGreaterThanOrEqual(0);
        expect(bucket.tokens).toBeLessThanOrEqual(some.burst);
        expect([bucket.tokens, bucket.refilledAt].every(Number.isSafeInteger)).toBe(true);
        const count = Math.floor(bucket.tokens * share);
        bucket = take(bucket, count);
        given += count;
        expect(given).toBeLessThanOrEqual(some.burst + (latest * some.tokensPerMonth) / MONTH_IN_MILLIS + 1e-6);
      }
    }),
    { numRuns: 500 },
  );
});

it('earns the same however often it is looked at', () => {
  fc.assert(
    fc.property(anyLimits, fc.array(fc.nat(100_000_000), { maxLength: 30 }), (some, pauses) => {
      const empty = { tokens: 0, refilledAt: 0 };
      let now = 0;
      const often = pauses.reduce((bucket, pause) => {
        now += pause;
        return refill(bucket, some, now);
      }, empty);
      const once = refill(empty, some, now).tokens;
      // Each token is a millisecond late at most, so looking often may show one less.
      const lateInTokens = (pauses.length * some.tokensPerMonth) / MONTH_IN_MILLIS;
      expect(once - often.tokens).toBeGreaterThanOrEqual(0);
      expect(once - often.tokens).toBeLessThanOrEqual(Math.ceil(lateInTokens));
    }),
  );
});
