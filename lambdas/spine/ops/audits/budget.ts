// The read units that audits may take: so many a second, which a run may take for a minute ahead.

export interface Budget {
  readonly unitsPerSecond: number;
  /** Units that this function has taken since it started. */
  units(): number;
}

/** A run's share: what the runs before have taken too. */
export interface Purse {
  hasMore(now: Date): boolean;
  /** Until when what there is is spent; ISO 8601, UTC. */
  spentUntil(): string;
}

const AHEAD_IN_MILLIS = 60_000;

/** @param before the same of the runs before */
export function purseOf({ unitsPerSecond, units }: Budget, before: string | undefined, began: Date): Purse {
  const start = began.getTime();
  const until = before === undefined ? start : Date.parse(before);
  // What lies further ahead was spent before the clock was set back.
  const from = until > start + 2 * AHEAD_IN_MILLIS ? start : Math.max(until, start);
  const atFirst = units();
  const spentInMillis = () => from + ((units() - atFirst) / unitsPerSecond) * 1_000;
  return {
    hasMore: (now) => spentInMillis() < now.getTime() + AHEAD_IN_MILLIS,
    spentUntil: () => new Date(spentInMillis()).toISOString(),
  };
}
