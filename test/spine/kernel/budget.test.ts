// How a change of the budget behaves where others are quicker. That no two overspend it, the suite of the stores shows.
import { expect, it } from 'vitest';
import { BudgetContentionError, changeBudget } from '../../../lambdas/spine/kernel/pipeline/budget.ts';
import { take } from '../../../lambdas/spine/kernel/pipeline/token-bucket.ts';
import { inMemoryBudgetStore } from '../../../lambdas/spine/testing/memory/budget-store.ts';

const limits = { tokensPerMonth: 31, burst: 10 };

/** Takes one token of a budget that so many others change first, and tells what that took. */
async function takeAfter(overtakings: number) {
  const budget = inMemoryBudgetStore();
  const pauses: number[] = [];
  let saves = 0;
  const save = async (stored: Parameters<typeof budget.save>[0]) => {
    saves += 1;
    return saves <= overtakings ? 'conflict' : budget.save(stored);
  };
  const ports = {
    budget: { ...budget, save },
    wait: async (millis: number) => void pauses.push(millis),
    random: () => 0.5,
    now: () => new Date(0),
  };
  const change = changeBudget(ports, limits, (bucket) => ({ bucket: take(bucket, 1) }));
  return { pauses, saves: () => saves, budget, change };
}

it('writes at once, and after each lost race when a pause is over that grows', async () => {
  const unrivalled = await takeAfter(0);
  await unrivalled.change;
  expect([unrivalled.pauses, unrivalled.saves()]).toEqual([[], 1]);

  const rivalled = await takeAfter(3);
  await rivalled.change;
  expect([rivalled.pauses, rivalled.saves()]).toEqual([[20, 40, 80], 4]);
  expect(rivalled.budget.stored()?.tokens).toBe(9);
});

it('gives up after ten attempts', async () => {
  const { change, saves, budget } = await takeAfter(10);
  await expect(change).rejects.toThrow(BudgetContentionError);
  expect([saves(), budget.stored()]).toEqual([10, undefined]);
});

it('is changed by the tenth attempt', async () => {
  const { change, saves } = await takeAfter(9);
  await change;
  expect(saves()).toBe(10);
});
