// The library under whatever can go wrong: the simulator knows nothing of any application.
import { describe, expect, it } from 'vitest';
import { runSimulations } from '../../lambdas/spine/testing/simulator/run.ts';
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

describe('the command line', () => {
  const run = async (args: readonly string[], application = simulatedLibrary) => {
    const lines: string[] = [];
    const exitCode = await runSimulations(application, args, (line) => void lines.push(line));
    return { exitCode, text: lines.join('\n') };
  };
  /** Nobody looks at due dates. */
  const idle = {
    ...simulatedLibrary,
    processes: { 'overdue-loans': () => async () => ({ batchItemFailures: [] }) },
  };

  it.each([[], ['--seed', '-1'], ['--seed', '1', '--seeds', '2'], ['--sed', '1']])(
    'explains itself to %j',
    async (...args) => {
      const { exitCode, text } = await run(args);
      expect(exitCode).toBe(2);
      expect(text).toContain('npm run simulate -- --seed S');
    },
  );

  it('runs as many seeds as it is told to, from where it is told to', async () => {
    const { exitCode, text } = await run(['--seeds', '2', '--from', '5']);
    expect(exitCode).toBe(0);
    expect(text).toMatch(/^2 seeds, 0 failed/m);
  });

  it('tells one seed, step by step', async () => {
    const { exitCode, text } = await run(['--seed', '3']);
    expect(exitCode).toBe(0);
    expect(text).toMatch(/^ +\d+\.\d{3} s {2}reader0 borrows a book/m);
    expect(text).toContain('All is as it must be');
  });

  it('tells a seed that fails again, with nothing in it but what it takes', async () => {
    const { exitCode, text } = await run(['--seeds', '3'], idle);
    expect(exitCode).toBe(1);
    expect(text).toMatch(/^Seed \d: loan-\w+ is lent/m);
    const smaller = text.split('Made smaller:')[1];
    expect(smaller?.match(/^ {2}(act|fault)\b/gm)).toEqual(['  act']);
    expect(smaller).toMatch(/^ {2}WRONG {2}loan-\w+ is lent$/m);
  });
});
