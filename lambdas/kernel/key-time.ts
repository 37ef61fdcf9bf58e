// How long keys are remembered, in minutes since 1970.

/** 24 hours: the contract. */
export const MINUTES_REMEMBERED = 24 * 60;

/** The minute that the time lies in; 0 for text that is no time. */
export const minuteOf = (time: string): number => Math.max(0, Math.floor(Date.parse(time) / 60_000)) || 0;

/** Whether a key of the earlier time is out of its time at the later one. */
export const isOutOfTime = (earlier: string, later: string): boolean =>
  minuteOf(later) - minuteOf(earlier) - 1 > MINUTES_REMEMBERED;
