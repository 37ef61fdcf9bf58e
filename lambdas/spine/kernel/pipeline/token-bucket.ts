// A token bucket: it fills evenly and holds so many tokens at most. Whole tokens and whole milliseconds, so that no rounding
// ever adds up to a token that nobody earned. Pure.

export interface TokenBucket {
  readonly tokens: number;
  /** Milliseconds since 1970: what was earned until then is in `tokens`. */
  readonly refilledAt: number;
}

export interface BucketLimits {
  readonly tokensPerMonth: number;
  /** Most tokens that it holds. So a month takes at most `tokensPerMonth + burst`, and many months `burst` more in all. */
  readonly burst: number;
}

/** The longest month: in a shorter one fewer tokens are earned than the limit allows. */
export const MONTH_IN_MILLIS = 31 * 24 * 60 * 60 * 1000;

/** @param now milliseconds since 1970 */
export const fullBucket = ({ burst }: BucketLimits, now: number): TokenBucket => ({ tokens: burst, refilledAt: now });

/** @param now milliseconds since 1970; a clock that is behind earns nothing */
export function refill(bucket: TokenBucket, { tokensPerMonth, burst }: BucketLimits, now: number): TokenBucket {
  const elapsedInMillis = Math.max(0, now - bucket.refilledAt);
  const earned = Math.floor((elapsedInMillis * tokensPerMonth) / MONTH_IN_MILLIS);
  if (bucket.tokens + earned >= burst) return { tokens: burst, refilledAt: bucket.refilledAt + elapsedInMillis };
  const takenInMillis = Math.ceil((earned * MONTH_IN_MILLIS) / tokensPerMonth);
  return { tokens: bucket.tokens + earned, refilledAt: bucket.refilledAt + takenInMillis };
}

/** @throws RangeError when the bucket does not hold that many */
export function take(bucket: TokenBucket, count: number): TokenBucket {
  if (count > bucket.tokens) throw new RangeError(`A bucket with ${bucket.tokens} tokens cannot give ${count}`);
  return { ...bucket, tokens: bucket.tokens - count };
}

/** Puts tokens back that were taken and not used. */
export const giveBack = (bucket: TokenBucket, count: number, { burst }: BucketLimits): TokenBucket => ({
  ...bucket,
  tokens: Math.min(bucket.tokens + count, burst),
});
