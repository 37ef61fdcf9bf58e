// Deciders while the code is deployed and rolled back: three versions of the fold, whose states mean nothing to the others,
// and states that do not parse.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import { packState } from '../../../lambdas/spine/kernel/execution/state-rider.ts';
import { RUNS, steps, threeVersions, timeout } from './rollouts.ts';
import { eventsOneNull, folds, LIMIT, type Version, version } from './tally.ts';
import { newWorld } from './world.ts';

const [first, second, third] = folds.map((fold) =>
  version(`fold ${fold.number}`, eventsOneNull, folds[0], fold),
) as unknown as readonly [Version, Version, Version];

/** Every third state that rides is one that no code knows. */
function spoilingStates(): { readonly stored: (commit: Commit) => Commit; readonly counted: () => number } {
  let count = 0;
  const stored = (commit: Commit): Commit => {
    if (!commit.riders?.state) return commit;
    count += 1;
    const [generation = 0] = commit.riders.state;
    const state = packState({ generation }, { stage: '?' });
    return count % 3 === 0 ? { ...commit, riders: { ...commit.riders, state } } : commit;
  };
  return { stored, counted: () => count };
}

it.each(threeVersions(first, second, third))(
  '$name: every load is the fold of the whole stream',
  { timeout },
  async (rollout) => {
    const { phases, last } = rollout;
    const history = fc.tuple(...phases.map(() => steps));
    let states = 0;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), history, async (scheduler, stepsOfPhases) => {
        const { stored, counted } = spoilingStates();
        const world = newWorld(scheduler, { versions: [first, second, third], mostTimes: 40, stored });
        for (const [index, live] of phases.entries()) await world.phase(stepsOfPhases[index] ?? [], live);
        await world.settle();
        await world.drain(last);
        for (const stream of world.streams()) {
          for (const each of [first, second, third]) await world.load(stream, each);
          const total = world.amounts(stream).reduce((sum, amount) => sum + amount, 0);
          expect(total).toBeLessThanOrEqual(LIMIT);
        }
        world.expectEachCommandOnce();
        states += counted();
      }),
      { numRuns: RUNS },
    );
    expect(states).toBeGreaterThan(RUNS / 4);
  },
);
