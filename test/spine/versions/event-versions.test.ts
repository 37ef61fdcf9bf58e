// Events of a newer schema while the code is deployed and rolled back: 1.0.0, 1.1.0 with added properties, 2.0.0 with another
// meaning.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Rollout, RUNS, rolloutsOf, steps, timeout } from './rollouts.ts';
import { eventsOneNull, eventsOneOne, eventsTwo, type Version, version } from './tally.ts';
import { newWorld } from './world.ts';

const first = version('1.0.0', eventsOneNull);
const minor = version('1.1.0', eventsOneOne);
const major = version('2.0.0', eventsTwo);
const versions = [first, minor, major];

type World = ReturnType<typeof newWorld>;

async function check({ phases, last }: Rollout<Version>, atTheEnd: (world: World) => Promise<void>): Promise<void> {
  const history = fc.tuple(...phases.map(() => steps));
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), history, async (scheduler, stepsOfPhases) => {
      const world = newWorld(scheduler, { versions, mostTimes: 2 });
      for (const [index, live] of phases.entries()) await world.phase(stepsOfPhases[index] ?? [], live);
      await world.settle();
      await world.drain(last);
      await atTheEnd(world);
      world.expectEachCommandOnce();
    }),
    { numRuns: RUNS },
  );
}

function expectNoneBehind(world: World): void {
  expect(world.queue).toEqual([]);
  for (const stream of world.streams()) {
    expect(world.rows.get(stream)?.version).toBe(world.amounts(stream).length);
  }
}

it.each(rolloutsOf(first, minor))(
  '$name, a minor version: every version reads every event',
  { timeout },
  async (rollout) => {
    await check(rollout, async (world) => {
      expectNoneBehind(world);
      for (const stream of world.streams()) expect(world.isReadable(stream, first)).toBe(true);
    });
  },
);

it.each([...rolloutsOf(minor, major, [[first], [first, minor]]), ...rolloutsOf(first, major)])(
  '$name, a major version: what old code cannot read stays unacknowledged until newer code comes',
  async (rollout) => {
    await check(rollout, async (world) => {
      expect(world.queue.filter(({ stream }) => world.isReadable(stream, rollout.last))).toEqual([]);
      await world.drain(major);
      expectNoneBehind(world);
      for (const stream of world.streams()) await world.read(stream, major);
    });
  },
);
