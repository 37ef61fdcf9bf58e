// The library under whatever can go wrong: the simulator knows nothing of any application.
import { expect, it } from 'vitest';
import { simulate } from '../../lambdas/spine/testing/simulator/simulate.ts';
import { simulatedLibrary } from './simulated-library.ts';

const SEEDS = 40;

it('comes to rest, with every book back or overdue and its reader told', { timeout: 60_000 }, async () => {
  const told = new Set<string>();
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { violations, story } = await simulate(simulatedLibrary, { seed });
    expect(violations, `seed ${seed}`).toEqual([]);
    for (const { what } of story) told.add(/^append (\w+)/.exec(what)?.[1] ?? '');
  }
  expect([...told]).toEqual(expect.arrayContaining(['BookLent', 'LoanOverdue', 'BookReturned', 'EmailSent']));
});
