// When services are away: for minutes, or for hours.
import type { Chance } from './chance.ts';
import type { Faults } from './faults.ts';
import type { Timeline } from './timeline.ts';

export interface Outages {
  isAway(service: string): boolean;
  /** Every service is back. */
  end(): void;
}

const SHORTEST_IN_MILLIS = 5_000;
const LONGEST_IN_MILLIS = 4 * 60 * 60 * 1_000;
/** They begin while there is something to disturb. */
const BEGIN_WITHIN_IN_MILLIS = 120_000;

export function outagesOf(chance: Chance, faults: Faults, time: Timeline): Outages {
  const windows = new Map<string, { readonly from: number; readonly until: number } | undefined>();
  const start = time.now();
  let isOver = false;
  const windowOf = (service: string) => {
    if (!faults.strikes('outage', service)) return undefined;
    const from = start + chance.at(`outage of ${service}`) * BEGIN_WITHIN_IN_MILLIS;
    const share = chance.at(`outage of ${service} lasts`);
    const lasts = SHORTEST_IN_MILLIS * (LONGEST_IN_MILLIS / SHORTEST_IN_MILLIS) ** (share * share);
    return { from, until: from + lasts };
  };
  return {
    isAway(service) {
      if (isOver) return false;
      if (!windows.has(service)) windows.set(service, windowOf(service));
      const window = windows.get(service);
      return window !== undefined && window.from <= time.now() && time.now() < window.until;
    },
    end: () => {
      isOver = true;
    },
  };
}
