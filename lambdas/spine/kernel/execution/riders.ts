// What rides in a commit. A write unit is paid whole, so what fits beside the events in the last kilobyte rides for nothing. What
// does not fit rides when it is due: when the log that has to be read without it has cost twenty times what it costs.

import type { Commit, Riders } from '../envelope.ts';
import { encodeIndex, type KeyIndex, withoutOldRuns } from '../keys/key-index.ts';
import { isRunDue, withNewRun } from '../keys/key-runs.ts';
import { minuteOf } from '../keys/key-time.ts';
import { commitBytes, MOST_BYTES_WITH_RIDERS, riderBytes, unitsOf } from './commit-size.ts';

/** Riders that do not fit add a twentieth to the write units, or less. */
const UNITS_BEHIND_A_UNIT = 20;

/** Write units of the commits since the newest one that carries the rider: what a load reads without it. */
export interface UnitsBehind {
  readonly state: number;
  readonly keys: number;
}

interface Candidate {
  readonly name: keyof UnitsBehind;
  readonly riders: Riders;
  /** A lighter form, for when it fits and the whole does not. */
  readonly lighter?: Riders;
  /** Rides whatever it costs: a run of keys bounds how many are kept, and saves more later. */
  readonly isForced?: boolean;
}

/** The commit with its riders, and the index of keys as it stands after it. */
export interface Ridden {
  readonly commit: Commit;
  readonly keys: KeyIndex | undefined;
}

/**
 * @param state packed, as it stands after the commit
 * @param keys as they stand after the commit, where they are known
 * @param behind before the commit
 */
export function withRiders(commit: Commit, state: Uint8Array, keys: KeyIndex | undefined, behind: UnitsBehind): Ridden {
  const plan = keys && planOfKeys(keys, commit);
  const candidates: Candidate[] = [{ name: 'state', riders: { state } }, ...(plan ? [plan.candidate] : [])];
  const rank = ({ name, isForced = false }: Candidate) => (isForced ? Number.POSITIVE_INFINITY : behind[name]);
  const inOrder = candidates.toSorted((left, right) => rank(right) - rank(left));
  const plainBytes = commitBytes(commit);
  const riders = inOrder.reduce<Riders>((taken, candidate) => taking(plainBytes, taken, candidate, behind), {});
  return {
    commit: Object.keys(riders).length > 0 ? { ...commit, riders } : commit,
    keys: riders.keys ? plan?.after : keys,
  };
}

/** The riders so far, plus the candidate if it fits, whole or lighter, or is due. */
function taking(plainBytes: number, taken: Riders, { name, ...candidate }: Candidate, behind: UnitsBehind): Riders {
  const { riders, lighter = riders, isForced = false } = candidate;
  const bytesWith = (more: Riders) => plainBytes + riderBytes({ ...taken, ...more });
  const costOf = (more: Riders) => unitsOf(bytesWith(more)) - unitsOf(bytesWith({}));
  const free = [riders, lighter].find((each) => costOf(each) === 0);
  const isDue = isForced || behind[name] >= UNITS_BEHIND_A_UNIT * costOf(riders);
  const chosen = free ?? (isDue ? riders : {});
  return bytesWith(chosen) > MOST_BYTES_WITH_RIDERS ? taken : { ...taken, ...chosen };
}

function planOfKeys(keys: KeyIndex, { version, time }: Commit) {
  const now = minuteOf(time);
  const within = withoutOldRuns(keys, now);
  const moved = isRunDue(within) ? withNewRun(within, version, now) : undefined;
  const after = moved?.index ?? within;
  const run = moved && { run: moved.run };
  const { filter: _, ...unfiltered } = after;
  const candidate: Candidate = {
    name: 'keys',
    riders: { keys: encodeIndex(after), ...run },
    lighter: { keys: encodeIndex(unfiltered), ...run },
    isForced: moved !== undefined,
  };
  return { after, candidate };
}

export function behindAfter(
  before: UnitsBehind,
  commit: Commit,
  carries: Readonly<Record<keyof UnitsBehind, boolean>>,
): UnitsBehind {
  const units = unitsOf(commitBytes(commit));
  return { state: carries.state ? 0 : before.state + units, keys: carries.keys ? 0 : before.keys + units };
}
