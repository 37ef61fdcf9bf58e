// A defect that is put in on purpose is found, and its story is made short: so the simulator would find ours.
import { expect, it } from 'vitest';
import { customerOrders } from '../../../lambdas/shop/orders/customer-orders.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import type { SimulatedApplication } from '../../../lambdas/spine/testing/simulator/application.ts';
import { shrink } from '../../../lambdas/spine/testing/simulator/shrink.ts';
import { simulate } from '../../../lambdas/spine/testing/simulator/simulate.ts';
import { storyOf } from '../../../lambdas/spine/testing/simulator/story.ts';
import type { Outside } from './outside.ts';
import { simulatedShop } from './shop.ts';

const MOST_SEEDS = 60;

/** The first seed that shows it, made smaller. */
async function found(application: SimulatedApplication<Outside>) {
  for (let seed = 1; seed <= MOST_SEEDS; seed += 1) {
    const simulation = await simulate(application, { seed });
    if (simulation.violations.length > 0) return shrink(application, simulation, { most: 250 });
  }
  throw new Error(`None of ${MOST_SEEDS} seeds found it`);
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

it('finds a read table whose rows may go back, and tells of little else', { timeout: 120_000 }, async () => {
  const { simulation, settings } = await found(carelessTable);
  expect(simulation.violations[0]).toMatch(/^The row of order-\w+ in customer-orders went back from \d to \d$/);
  expect(simulation.acts.length).toBeLessThanOrEqual(4);
  expect(simulation.faults.length).toBeLessThanOrEqual(3);
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

it('finds a payment that is taken twice', { timeout: 120_000 }, async () => {
  const { simulation } = await found(chargingAgain);
  expect(simulation.violations).toContainEqual(expect.stringMatching(/^Order \w+ was charged \d times$/));
  expect(simulation.acts.length).toBeLessThanOrEqual(4);
  expect(simulation.faults.length).toBeLessThanOrEqual(3);
});

it('repeats a seed step by step', async () => {
  const [first, second] = [await simulate(simulatedShop, { seed: 7 }), await simulate(simulatedShop, { seed: 7 })];
  expect(first.faults.length).toBeGreaterThan(10);
  expect(storyOf(second)).toBe(storyOf(first));
});
