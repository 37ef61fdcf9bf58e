// Makes a failed history smaller: without whole kinds of faults, without acts, without single faults, as long as it fails in the same
// way. What is left tells what matters (delta debugging: A. Zeller and R. Hildebrandt, "Simplifying and Isolating Failure-Inducing
// Input", IEEE Transactions on Software Engineering 28(2), 2002).
import type { SimulatedApplication } from './application.ts';
import { type Simulation, type SimulationSettings, simulate } from './simulate.ts';
import { type FaultKind, faultKinds } from './world/faults.ts';

export interface ShrinkSettings {
  /** Most simulations that it may take. @default 600 */
  readonly most?: number;
}

/** @param failed a simulation with violations @returns the smallest that was found, and what it is made with */
export async function shrink<Outside>(
  application: SimulatedApplication<Outside>,
  failed: Simulation,
  { most = 600 }: ShrinkSettings = {},
): Promise<{ readonly simulation: Simulation; readonly settings: SimulationSettings }> {
  let best = { simulation: failed, settings: settingsOf(failed, new Set(faultKinds), new Set(), new Set()) };
  let runs = 0;
  const wayOf = ({ violations: [first = ''] }: Simulation): string => first.replaceAll(/[0-9A-Z]*\d[0-9A-Z]*/g, '#');
  const way = wayOf(failed);
  const tries = async (settings: SimulationSettings): Promise<boolean> => {
    if (runs >= most) return false;
    runs += 1;
    const simulation = await simulate(application, settings);
    if (simulation.violations.length === 0 || wayOf(simulation) !== way) return false;
    best = { simulation, settings };
    return true;
  };
  const keep = (part: Partial<SimulationSettings>) => tries({ ...best.settings, ...part });

  for (const kind of faultKinds) {
    const { kinds = new Set<FaultKind>() } = best.settings;
    if (best.simulation.faults.some((fault) => fault.kind === kind)) await keep({ kinds: without(kinds, [kind]) });
    else best = { ...best, settings: { ...best.settings, kinds: without(kinds, [kind]) } };
  }
  for (let before = ''; before !== weightOf(best) && runs < most; ) {
    before = weightOf(best);
    await fewer(
      () => best.simulation.acts,
      (some) => keep({ undone: new Set([...(best.settings.undone ?? []), ...some]) }),
    );
    await fewer(
      () => best.simulation.faults.map(({ id }) => id),
      (some) => keep({ spared: new Set([...(best.settings.spared ?? []), ...some]) }),
    );
  }
  return best;
}

const weightOf = ({ simulation: { acts, faults } }: { readonly simulation: Simulation }): string =>
  `${acts.length} ${faults.length}`;

const settingsOf = (
  { seed }: Simulation,
  kinds: ReadonlySet<FaultKind>,
  spared: ReadonlySet<string>,
  undone: ReadonlySet<string>,
): SimulationSettings => ({ seed, kinds, spared, undone });

const without = <Item>(items: ReadonlySet<Item>, some: readonly Item[]): ReadonlySet<Item> =>
  new Set([...items].filter((item) => !some.includes(item)));

/**
 * Leaves out halves, then quarters, and at last single ones.
 * @param all what there still is
 * @param leaveOut @returns whether it can be done without
 */
async function fewer(
  all: () => readonly string[],
  leaveOut: (some: readonly string[]) => Promise<boolean>,
): Promise<void> {
  for (let size = Math.ceil(all().length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < all().length; ) {
      const some = all().slice(from, from + size);
      if (!(await leaveOut(some))) from += size;
    }
  }
}
