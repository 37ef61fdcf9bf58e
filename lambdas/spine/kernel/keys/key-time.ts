// How long keys are remembered, in minutes since 1970.

/**
 * How far apart two writers' clocks may be: five minutes either way, which is the most that a signed request to AWS may be off
 * (https://repost.aws/knowledge-center/lambda-sdk-signature).
 */
const MINUTES_BETWEEN_CLOCKS = 10;

/** 24 hours, as the contract says, by any two such clocks. */
export const MINUTES_REMEMBERED = 24 * 60 + MINUTES_BETWEEN_CLOCKS;

/** The minute that the time lies in; 0 for text that is no time. */
export const minuteOf = (time: string): number => Math.max(0, Math.floor(Date.parse(time) / 60_000)) || 0;

/** Whether a key from the earlier time has expired by the later one. */
export const isOutOfTime = (earlier: string, later: string): boolean =>
  minuteOf(later) - minuteOf(earlier) - 1 > MINUTES_REMEMBERED;
