// How long keys are remembered, in minutes since 1970.

/**
 * So far two writers' clocks may be apart: five minutes either way, which is what a signed request to AWS may be off
 * (https://repost.aws/knowledge-center/lambda-sdk-signature).
 */
const MINUTES_BETWEEN_CLOCKS = 10;

/** 24 hours, the contract, by any two such clocks. */
export const MINUTES_REMEMBERED = 24 * 60 + MINUTES_BETWEEN_CLOCKS;

/** The minute that the time lies in; 0 for text that is no time. */
export const minuteOf = (time: string): number => Math.max(0, Math.floor(Date.parse(time) / 60_000)) || 0;

/** Whether a key of the earlier time is out of its time at the later one. */
export const isOutOfTime = (earlier: string, later: string): boolean =>
  minuteOf(later) - minuteOf(earlier) - 1 > MINUTES_REMEMBERED;
