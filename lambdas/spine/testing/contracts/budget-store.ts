// The contract of the budget store port.
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  BudgetContentionError,
  type BudgetPorts,
  type BudgetStore,
  changeBudget,
} from '../../kernel/pipeline/budget.ts';
import { type BucketLimits, giveBack, MONTH_IN_MILLIS, take } from '../../kernel/pipeline/token-bucket.ts';

export interface BudgetStoreFactory {
  start(): Promise<(budget: string) => BudgetStore>;
  stop(): Promise<void>;
}

const limits: BucketLimits = { tokensPerMonth: 31, burst: 100 };
const DAY_IN_MILLIS = MONTH_IN_MILLIS / 31;

let budgets = 0;

/**
 * Whoever spends at the same time, a budget is never overspent. Call it in a `describe`.
 * @param start gives what opens the budget of a name
 */
export function budgetStoreContract({ start, stop }: BudgetStoreFactory): void {
  let open: (budget: string) => BudgetStore;
  beforeAll(async () => {
    open = await start();
  });
  afterAll(() => stop());

  const portsOf = (budget: BudgetStore, now = 0): BudgetPorts => ({
    budget,
    wait: () => Promise.resolve(),
    random: () => 0,
    now: () => new Date(now),
  });
  const newBudget = (): BudgetStore => open(`budget-${budgets++}`);

  /** Takes as many as there are, `most` at most. */
  const spend = async (budget: BudgetStore, most: number, now = 0): Promise<number> => {
    const { count } = await changeBudget(portsOf(budget, now), limits, (bucket) => {
      const affordable = Math.min(most, bucket.tokens);
      return { bucket: take(bucket, affordable), count: affordable };
    });
    return count;
  };

  it('is full in the beginning, remembers what was spent, and earns more', async () => {
    const budget = newBudget();
    expect(await spend(budget, 60)).toBe(60);
    expect(await spend(budget, 60)).toBe(40);
    expect(await spend(budget, 60)).toBe(0);
    expect(await spend(budget, 60, 2 * DAY_IN_MILLIS)).toBe(2);
    expect(await spend(budget, 1000, 400 * DAY_IN_MILLIS)).toBe(100);
  });

  it('takes tokens back', async () => {
    const budget = newBudget();
    await spend(budget, 100);
    await changeBudget(portsOf(budget), limits, (bucket) => ({ bucket: giveBack(bucket, 30, limits) }));
    expect(await spend(budget, 100)).toBe(30);
  });

  it('writes nothing when nothing is spent', async () => {
    const budget = newBudget();
    await changeBudget(portsOf(budget), limits, (bucket) => ({ bucket }));
    expect(await budget.load()).toBeUndefined();
  });

  it('refuses what was decided on an older revision', async () => {
    const budget = newBudget();
    const spent = (revision: number) => budget.save({ tokens: 1, refilledAt: 0, revision });
    expect([await spent(1), await spent(1), await spent(2), await spent(2)]).toEqual([
      'saved',
      'conflict',
      'saved',
      'conflict',
    ]);
  });

  it('is not overspent by 20 takers at once, and nothing of it is lost', async () => {
    const budget = newBudget();
    let taken = 0;
    const untilDry = async (): Promise<void> => {
      const count = await spend(budget, 12).catch((error: unknown) => {
        if (error instanceof BudgetContentionError) return undefined;
        throw error;
      });
      taken += count ?? 0;
      if (count !== 0) await untilDry();
    };
    await Promise.all(Array.from({ length: 20 }, untilDry));
    expect(taken).toBe(100);
  });

  it('gives up on a change that others keep overtaking, and spends nothing', async () => {
    const budget = newBudget();
    const overtaken: BudgetStore = {
      ...budget,
      load: async () => {
        const standing = await budget.load();
        const revision = (standing?.revision ?? 0) + 1;
        await budget.save({ tokens: 50, refilledAt: 0, revision });
        return standing;
      },
    };
    await expect(spend(overtaken, 1)).rejects.toThrow(BudgetContentionError);
    expect((await budget.load())?.tokens).toBe(50);
  });
}
