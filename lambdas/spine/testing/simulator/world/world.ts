// What everything in a simulation shares.
import { type Chance, chanceOf } from './chance.ts';
import { type FaultSettings, type Faults, faultsOf } from './faults.ts';
import { type Outages, outagesOf } from './outages.ts';
import { type Timeline, timeline } from './timeline.ts';

/** One line of the story. */
export interface Step {
  /** Milliseconds since the start. */
  readonly at: number;
  readonly who: string;
  readonly what: string;
}

/** Something that must never be. */
export class Violation extends Error {}

export interface World {
  readonly chance: Chance;
  readonly faults: Faults;
  readonly time: Timeline;
  readonly outages: Outages;
  readonly story: readonly Step[];
  tell(who: string, what: string): void;
  /** Something goes wrong for the instance. */
  harm(instance: string): void;
  /** Whether something went wrong for the instance then or later, up to so much later. */
  wasHarmed(instance: string, since: number, forMillis: number): boolean;
  /** Unlike any other of this simulation, and the same in its repetition. */
  newId(prefix: string): string;
  /** How long a call takes, in milliseconds. */
  delayAt(site: string): number;
  /** How far the clock of an instance is ahead of time, in milliseconds. */
  skewOf(instance: string): number;
  /** What must never be, and was. */
  readonly violations: readonly Violation[];
  violate(message: string): void;
}

const START = Date.parse('2026-01-01T00:00:00.000Z');

const QUICKEST_IN_MILLIS = 1;
const USUAL_IN_MILLIS = 20;
/** The longest that a call takes. */
export const SLOWEST_IN_MILLIS = 60_000;
/** Amazon's time service keeps instances within a millisecond (https://aws.amazon.com/about-aws/whats-new/2023/11/amazon-time-sync-service-microsecond-accurate-time/). */
const MOST_SKEW_IN_MILLIS = 2_000;

export function newWorld(seed: number, settings: FaultSettings): World {
  const chance = chanceOf(seed);
  const faults = faultsOf(chance, settings);
  const time = timeline(START);
  const story: Step[] = [];
  const violations: Violation[] = [];
  const ids = new Map<string, number>();
  const harms = new Map<string, readonly number[]>();
  const tell = (who: string, what: string): void => void story.push({ at: time.now() - START, who, what });
  return {
    ...{ chance, faults, time, story, violations, tell },
    outages: outagesOf(chance, faults, time),
    harm: (instance) => void harms.set(instance, [...(harms.get(instance) ?? []), time.now()]),
    wasHarmed: (instance, since, forMillis) =>
      harms.get(instance)?.some((at) => since <= at && at <= since + forMillis) ?? false,
    newId(prefix) {
      const id = (ids.get(prefix) ?? 0) + 1;
      ids.set(prefix, id);
      return `${prefix}-${id}`;
    },
    delayAt(site) {
      const usual = QUICKEST_IN_MILLIS + chance.at(site) * USUAL_IN_MILLIS;
      if (!faults.strikes('slow', site)) return usual;
      // As often 100 ms as a minute.
      return usual * (SLOWEST_IN_MILLIS / USUAL_IN_MILLIS) ** chance.at(`slow by ${site}`);
    },
    skewOf(instance) {
      if (!faults.strikes('clock', instance)) return 0;
      const skew = Math.round((chance.at(`skew of ${instance}`) * 2 - 1) * MOST_SKEW_IN_MILLIS);
      tell(instance, `has a clock that is ${skew} ms ahead`);
      return skew;
    },
    violate(message) {
      tell('simulator', `VIOLATION: ${message}`);
      violations.push(new Violation(message));
    },
  };
}
