// Rows while the code is deployed and rolled back: three generations over one table.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Row } from '../../../lambdas/spine/kernel/projections/projection.ts';
import { RUNS, steps, threeVersions, timeout } from './rollouts.ts';
import { eventsOneNull, folds, version } from './tally.ts';
import { newWorld } from './world.ts';

const [first, second, third] = folds.map((fold) => version(`generation ${fold.number}`, eventsOneNull, fold)) as [
  ReturnType<typeof version>,
  ReturnType<typeof version>,
  ReturnType<typeof version>,
];

it.each(threeVersions(first, second, third))(
  '$name: no row stays behind, no read goes back',
  { timeout },
  async (rollout) => {
    const { phases, last } = rollout;
    const history = fc.tuple(...phases.map(() => steps));
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), history, async (scheduler, stepsOfPhases) => {
        const world = newWorld(scheduler, { versions: [first, second, third], mostTimes: 2 });
        for (const [index, live] of phases.entries()) await world.phase(stepsOfPhases[index] ?? [], live);
        await world.settle();
        await world.drain(last);
        expect(world.queue).toEqual([]);
        for (const stream of world.streams()) {
          expect(world.rows.get(stream)?.version).toBe(world.amounts(stream).length);
          await world.read(stream, last);
          const row = world.rows.get(stream) as Row<unknown>;
          expect(row.generation).toBe(last.projection.generation);
          world.isFoldOf(row, last);
        }
      }),
      { numRuns: RUNS },
    );
  },
);
