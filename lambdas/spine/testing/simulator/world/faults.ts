// What goes wrong, and where. A fault is named by its kind, its site and which of the site's draws it was, so that a history can be
// run again without just that one.
import type { Chance } from './chance.ts';

/** With how often each strikes, of a hundred chances, in a seed of middling trouble. */
const chances = {
  /** What was done is done again. */
  duplicate: 4,
  /** Something else comes first. */
  shuffle: 20,
  /** It comes much later. */
  delay: 3,
  /** It never comes. */
  drop: 1.5,
  /** A service takes no more just now. */
  throttle: 2,
  /** A service did it, and its answer is lost. */
  lose: 1,
  /** A call takes long. */
  slow: 2,
  /** A function's process ends between two steps. */
  kill: 1,
  /** An instance's clock is ahead or behind. */
  clock: 20,
  /** A service is away for a while. */
  outage: 12,
  /** Other code is deployed. */
  deploy: 60,
} as const;

export type FaultKind = keyof typeof chances;

export const faultKinds = Object.keys(chances) as readonly FaultKind[];

export interface Fault {
  /** `kill loans-by-member put loans-by-member of loan-1@2 #1` */
  readonly id: string;
  readonly kind: FaultKind;
}

export interface FaultSettings {
  readonly kinds: ReadonlySet<FaultKind>;
  /** Ids of faults that do not strike, though it would be their turn. */
  readonly spared: ReadonlySet<string>;
}

export interface Faults {
  /** Whether it strikes here and now. */
  strikes(kind: FaultKind, site: string): boolean;
  /** Those that did, in their order. */
  readonly struck: readonly Fault[];
  /** From here on nothing goes wrong. */
  end(): void;
}

/** How much of each kind there is in a seed. */
const TROUBLES = [0, 0, 0.3, 1, 1, 1, 3, 6] as const;

/**
 * Some places are weak in a seed: there a fault is likely, so that several that are rare alone meet. FoundationDB does so too
 * (https://apple.github.io/foundationdb/testing.html; W. Wilson, "Testing Distributed Systems w/ Deterministic Simulation", 2014).
 */
const WEAK_PLACES = 0.025;
const RATE_OF_WEAK_PLACES = 0.3;

/** The site without the names of single streams: `reminders append ReminderSent as reminder`. */
const placeOf = (site: string): string => site.replaceAll(/-[^ ,]*[0-9A-Z][^ ,]*/g, '');

/**
 * A place that is weak stays so no longer than that: thousands of copies of one message, each of which calls for the next, tell
 * nothing that thirty do not.
 */
const MOST_AT_A_PLACE = 30;

interface Place {
  readonly rate: number;
  left: number;
}

export function faultsOf(chance: Chance, { kinds, spared }: FaultSettings): Faults {
  // A seed in which everything goes wrong as often hides what some kinds alone would show.
  const troubles = new Map(faultKinds.map((kind) => [kind, chance.among(`trouble ${kind}`, TROUBLES)]));
  const counts = new Map<string, number>();
  const places = new Map<string, Place>();
  const rateOf = (kind: FaultKind, place: string): number => {
    const trouble = troubles.get(kind) ?? 0;
    const usual = (chances[kind] / 100) * trouble;
    const isWeak = trouble > 0 && chance.happens(`weak ${place}`, WEAK_PLACES);
    return isWeak ? Math.max(usual, RATE_OF_WEAK_PLACES) : usual;
  };
  const placeAt = (kind: FaultKind, site: string): Place => {
    const name = `${kind} ${placeOf(site)}`;
    const place = places.get(name) ?? { rate: rateOf(kind, name), left: MOST_AT_A_PLACE };
    places.set(name, place);
    return place;
  };
  const struck: Fault[] = [];
  let isOver = false;
  return {
    struck,
    strikes(kind, site) {
      if (isOver || !kinds.has(kind)) return false;
      const place = placeAt(kind, site);
      const draw = `${kind} ${site}`;
      if (!chance.happens(draw, place.rate) || place.left === 0) return false;
      place.left -= 1;
      const count = (counts.get(draw) ?? 0) + 1;
      counts.set(draw, count);
      const id = count === 1 ? draw : `${draw} #${count}`;
      if (spared.has(id)) return false;
      struck.push({ id, kind });
      return true;
    },
    end: () => {
      isOver = true;
    },
  };
}
