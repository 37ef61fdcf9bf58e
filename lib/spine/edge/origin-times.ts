// How long CloudFront waits for the API, and so how long after a change an answer that was read before it can still arrive.
import type { FunctionSize } from '../settings/capacity-settings.ts';

export interface OriginTimes {
  readonly connectionAttempts: number;
  readonly connectionTimeoutInSeconds: number;
  /** The longest that the origin may be silent. */
  readonly readTimeoutInSeconds: number;
  /** The longest exchange, from the first attempt to connect to the last byte, before CloudFront gives up. */
  readonly completionTimeoutInSeconds: number;
  /** How long after a change its tags are invalidated a second time. */
  readonly settlingInSeconds: number;
}

/** API Gateway answers once the function has, or at once when the function's time is up; this is for the way there and back. */
const transitInSeconds = 2;

/** A connection to API Gateway takes milliseconds. A second attempt makes up for one that a network lost. */
const connectionAttempts = 2;
const connectionTimeoutInSeconds = 3;

/**
 * An index of DynamoDB and a read that is not strongly consistent follow a write within a fraction of a second
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html). AWS gives no bound; this leaves room.
 */
const indexLagInSeconds = 5;

/**
 * The times of an origin whose functions end within `timeoutInSeconds`.
 *
 * The read timeout lies above the function's, so CloudFront never drops an answer that is on its way and never asks twice.
 * The completion timeout holds over all attempts: what was read longer ago than that is not stored any more. A read still
 * finds the old row for as long as indexes lag behind the write. The sum of both is the settling time: whatever was made of
 * the old row is stored by then, and the second invalidation removes it.
 */
export function originTimes({ timeoutInSeconds }: Pick<FunctionSize, 'timeoutInSeconds'>): OriginTimes {
  const readTimeoutInSeconds = timeoutInSeconds + transitInSeconds;
  const completionTimeoutInSeconds = connectionAttempts * connectionTimeoutInSeconds + readTimeoutInSeconds;
  return {
    connectionAttempts,
    connectionTimeoutInSeconds,
    readTimeoutInSeconds,
    completionTimeoutInSeconds,
    settlingInSeconds: completionTimeoutInSeconds + indexLagInSeconds,
  };
}
