// Changes, deliveries, deaths and slow reads in any order: what the edge shows follows the rows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect, Fate } from '../../spine/invalidation/gates.ts';
import { LIFETIME_IN_SECONDS, newWorld, PATHS, SETTLING_IN_SECONDS, SKUS, type World } from './world.ts';

interface Step {
  readonly name: string;
  act(world: World): unknown;
}

const step = <Value>(name: string, values: fc.Arbitrary<Value>, act: (world: World, value: Value) => unknown) =>
  values.map((value): Step => ({ name: `${name}(${JSON.stringify(value)})`, act: (world) => act(world, value) }));

const pick = fc.nat(20);
const sku = fc.constantFrom('A', 'A', 'A', ...SKUS);
const path = fc.constantFrom('/products/A', ...PATHS);
const most = fc.constantFrom(1, 2, 10);
const fate = fc.constantFrom<Fate>('goes on', 'goes on', 'dies before', 'dies after');
const seconds = fc.constantFrom(1, 4, 9, SETTLING_IN_SECONDS, SETTLING_IN_SECONDS, SETTLING_IN_SECONDS, 100);

const isNoRow = (effect: Effect): boolean => effect !== 'row';

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: step('change', sku, (world, which) => world.change(which)) },
  { weight: 4, arbitrary: step('project', most, (world, count) => world.project(count)) },
  { weight: 4, arbitrary: step('open all', fc.constant(''), (world) => world.gate.openAll()) },
  { weight: 6, arbitrary: step('open all but rows', fc.constant(''), (world) => world.gate.openAll(isNoRow)) },
  { weight: 4, arbitrary: step('open', fc.tuple(pick, fate), (world, [at, how]) => world.gate.open(at, how)) },
  { weight: 4, arbitrary: step('read', path, (world, which) => world.read(which)) },
  { weight: 3, arbitrary: step('arrive', pick, (world, at) => world.arrive(at)) },
  { weight: 6, arbitrary: step('invalidate', most, (world, count) => world.invalidate(count)) },
  { weight: 3, arbitrary: step('pass', seconds, (world, count) => world.pass(count)) },
  { weight: 1, arbitrary: step('catch up', sku, (world, which) => world.catchUp(which)) },
  { weight: 1, arbitrary: step('repeat hint', pick, (world, at) => world.repeat('hints', at)) },
  { weight: 1, arbitrary: step('repeat invalidation', pick, (world, at) => world.repeat('invalidations', at)) },
);
const history = fc.array(anyStep, { minLength: 20, maxLength: 100, size: 'max' });

const RUNS = Number(process.env['MODEL_RUNS'] ?? 400);

describe(`in ${RUNS} random histories`, () => {
  it('shows nothing older than the rows were when a second pass was sent that has been made', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const world = await newWorld();
        for (const { act } of steps) {
          await act(world);
          expect(world.broken()).toEqual([]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('shows the rows as they are when all has come to rest', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const world = await newWorld();
        for (const { act } of steps) await act(world);
        await world.settle();
        for (const { versions } of world.shown()) expect(world.rows()).toMatchObject(versions);
      }),
      { numRuns: RUNS },
    );
  });
});

type Act = (world: World) => unknown;

const open = (world: World, ...effects: readonly Effect[]) => world.gate.openAll((effect) => effects.includes(effect));
const makePass = async (world: World, afterSeconds: number): Promise<void> => {
  world.pass(afterSeconds);
  await world.invalidate();
  await open(world, 'invalidation', 'second pass');
};

const reader: Act[] = [(world) => world.read('/products/A'), (world) => world.arrive(0)];
const changed: Act = async (world) => {
  await world.change('A');
  await world.project();
};
/** One change and all that comes of it: what one of them does is in order, what different ones do in any. */
const actors: Act[][] = [
  [changed, (world) => open(world, 'tags'), (world) => open(world, 'row'), (world) => open(world, 'tags')],
  [(world) => makePass(world, 0), (world) => makePass(world, SETTLING_IN_SECONDS)],
  reader,
  reader,
];
const turns = actors.flatMap((acts, actor) => acts.map(() => actor));

const interleavings = (order: 'row first' | 'tags first') =>
  fc.asyncProperty(fc.shuffledSubarray(turns, { minLength: turns.length }), async (sequence) => {
    const world = await newWorld(order);
    const left = actors.map((acts) => acts.values());
    for (const actor of sequence) await left[actor]?.next().value?.(world);
    await world.settle();
    for (const { versions } of world.shown()) expect(world.rows()).toMatchObject(versions);
  });

it('shows a change in the end, however it interleaves with reads and with both passes', async () => {
  await fc.assert(interleavings('row first'), { numRuns: 1000 });
});

it('would not, if the edge were told before the row is in place', async () => {
  const { failed } = await fc.check(interleavings('tags first'), { numRuns: 1000, seed: 1 });
  expect(failed).toBe(true);
});

/** Everything but the row takes effect, both passes included, before a reader fills the cache; then the row does. */
async function invalidateBeforeTheRow(world: World): Promise<void> {
  await world.change('A');
  await world.project();
  for (const delay of [0, SETTLING_IN_SECONDS]) {
    world.pass(delay);
    await world.gate.openAll(isNoRow);
    await world.invalidate();
    await world.gate.openAll(isNoRow);
  }
  await world.read('/products/A');
  world.arrive(0);
  await world.settle();
}

const shownOf = (world: World) => world.shown().map(({ versions }) => versions['product-A']);

it('tells the edge of a row when the row is in place, so that no invalidation overtakes it', async () => {
  const world = await newWorld();
  await invalidateBeforeTheRow(world);
  await world.read('/products/A');
  world.arrive(0);
  expect(shownOf(world)).toEqual([2]);
});

it('would show the old row until it expires, if the edge were told first', async () => {
  const world = await newWorld('tags first');
  await invalidateBeforeTheRow(world);
  expect(world.rows()['product-A']).toBe(2);
  await world.read('/products/A');
  expect(shownOf(world)).toEqual([1]);
  world.pass(LIFETIME_IN_SECONDS);
  expect(world.shown()).toEqual([]);
});

async function invalidateAll(world: World): Promise<void> {
  await world.invalidate();
  await world.gate.openAll();
}

it('finds with the second pass what a slow read has stored after the first', async () => {
  const world = await newWorld();
  await world.read('/products/A');
  await world.change('A');
  await world.project();
  await world.gate.openAll();
  await invalidateAll(world);
  world.arrive(0);
  expect(shownOf(world)).toEqual([1]);
  world.pass(SETTLING_IN_SECONDS);
  await invalidateAll(world);
  expect(shownOf(world)).toEqual([]);
});

it('invalidates, however late, as long as anything can show the old row', async () => {
  const world = await newWorld();
  await world.read('/products/A');
  await world.change('A');
  await world.project();
  await world.gate.openAll();
  world.pass(9);
  world.arrive(0);
  world.pass(LIFETIME_IN_SECONDS - 1);
  expect(shownOf(world)).toEqual([1]);
  await invalidateAll(world);
  expect(shownOf(world)).toEqual([]);
});
