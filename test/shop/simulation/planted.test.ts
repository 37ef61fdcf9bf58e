// A defect that is put in on purpose is found, and its story is made short: so the simulator would find ours.
import { expect, it } from 'vitest';
import { orderNotifications } from '../../../lambdas/shop/notifications/order-notifications.ts';
import { customerOrders } from '../../../lambdas/shop/orders/customer-orders.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import type { SimulatedApplication } from '../../../lambdas/spine/testing/simulator/application.ts';
import { shrink } from '../../../lambdas/spine/testing/simulator/shrink.ts';
import { type Simulation, simulate } from '../../../lambdas/spine/testing/simulator/simulate.ts';
import { storyOf } from '../../../lambdas/spine/testing/simulator/story.ts';
import type { Outside } from './outside.ts';
import { simulatedShop } from './shop.ts';
import { raised } from './versions.ts';

const MOST_SEEDS = 100;

/** The first seed that shows it. */
async function found(application: SimulatedApplication<Outside>): Promise<Simulation> {
  for (let seed = 1; seed <= MOST_SEEDS; seed += 1) {
    const simulation = await simulate(application, { seed });
    if (simulation.violations.length > 0) return simulation;
  }
  throw new Error(`None of ${MOST_SEEDS} seeds found it`);
}

const foundAndShrunk = async (application: SimulatedApplication<Outside>) =>
  shrink(application, await found(application), { most: 250 });

/** A seed has some ten acts and fifty faults; few of them matter. */
function expectLittle({ acts, faults }: Simulation): void {
  expect(acts.length).toBeLessThanOrEqual(8);
  expect(faults.length).toBeLessThanOrEqual(6);
}

/** Rows are written whatever stands there. */
const carelessTable: SimulatedApplication<Outside> = {
  ...simulatedShop,
  readTable(projection) {
    const table = inMemoryReadTable<unknown>(projection.viewKey);
    if (projection.name !== customerOrders.name) return table;
    return {
      ...table,
      async put(row, indexKeys) {
        (table.rows as Map<string, unknown>).delete(row.stream);
        return table.put(row, indexKeys);
      },
    };
  },
};

it('finds a read table whose rows may go back, and tells of little else', { timeout: 300_000 }, async () => {
  const { simulation, settings } = await foundAndShrunk(carelessTable);
  expect(simulation.violations[0]).toMatch(/^The row of order-\w+ in customer-orders went back from \d to \d$/);
  expectLittle(simulation);
  expect(await simulate(carelessTable, settings)).toEqual(simulation);
});

/** Each attempt to take the money has a key of its own. */
const chargingAgain: SimulatedApplication<Outside> = {
  ...simulatedShop,
  outside(system) {
    const outside = simulatedShop.outside(system);
    const { books } = outside;
    let attempts = 0;
    const capture: typeof books.capture = (request) => {
      attempts += 1;
      return books.capture({ ...request, idempotencyKey: `${request.idempotencyKey}-${attempts}` });
    };
    return { ...outside, books: { ...books, capture } };
  },
};

it('finds a payment that is taken twice', { timeout: 300_000 }, async () => {
  const { simulation } = await foundAndShrunk(chargingAgain);
  expect(simulation.violations).toContainEqual(expect.stringMatching(/^Order \w+ was charged \d times$/));
  expectLittle(simulation);
});

/** Whom was told of what is forgotten each time. */
const forgetful: SimulatedApplication<Outside> = {
  ...simulatedShop,
  get notifications() {
    let registers = 0;
    return {
      notifications: {
        ...orderNotifications,
        get register() {
          registers += 1;
          return `notification${registers}`;
        },
      },
    };
  },
};

it('finds an e-mail that goes out twice', async () => {
  const { violations } = await found(forgetful);
  expect(violations).toContainEqual(
    expect.stringMatching(/^order-\w+ about .+ went out \d+ times, and \d+ times nobody could know$/),
  );
});

/** Its fold is another, and its generation is not. */
const unraised: SimulatedApplication<Outside> = {
  ...simulatedShop,
  versions: [
    simulatedShop.versions[0],
    {
      name: 'next',
      projections: simulatedShop.versions[0].projections.map((projection) => ({
        ...raised(projection),
        generation: projection.generation,
      })),
      wireVersion: 2,
    },
  ],
};

it('finds a fold that was changed and kept its generation', async () => {
  const { violations } = await found(unraised);
  expect(violations).toContainEqual(expect.stringMatching(/^[\w-]+ has another row of [\w-]+ than its fold$/));
});

it('repeats a seed step by step', async () => {
  const [first, second] = [await simulate(simulatedShop, { seed: 7 }), await simulate(simulatedShop, { seed: 7 })];
  expect(first.faults.length).toBeGreaterThan(10);
  expect(storyOf(second)).toBe(storyOf(first));
});
