// How fast a sweep may go: so many read and write units a second, whatever a page took. Pure.

export interface Units {
  readonly read: number;
  readonly write: number;
}

/**
 * Milliseconds that have to pass for the units from their start to their end, at that rate.
 * @param perSecond units a second, each above 0
 */
export const dueMillis = (spent: Units, perSecond: Units): number =>
  1_000 * Math.max(spent.read / perSecond.read, spent.write / perSecond.write);

/** The rate of one of several that work at once. */
export const shareOf = ({ read, write }: Units, workers: number): Units => ({
  read: read / workers,
  write: write / workers,
});
