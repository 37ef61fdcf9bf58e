import { expect, it } from 'vitest';
import { parseArguments } from '../../bench/suite/arguments.ts';
import type { Bench, BenchResult } from '../../bench/suite/definition.ts';
import { runSuite } from '../../bench/suite/run.ts';

const benches: Record<string, BenchResult | Error> = {
  one: {
    rows: [{ system: 'ours', p50InMillis: 1.23456 }],
    tables: [{ title: 'One', rows: [{ system: 'ours', p50: 1.23456 }] }],
  },
  two: { rows: [{ size: 12345.6, warm: true }] },
  broken: new Error('no such table'),
};

async function run(...args: string[]) {
  const printed: string[] = [];
  const told: string[] = [];
  const saved: string[] = [];
  const isComplete = await runSuite(parseArguments(args, Object.keys(benches)), {
    load: async (name): Promise<Bench> => ({
      name,
      summary: `what ${name} does`,
      run: async (_, progress) => {
        progress('half way');
        const result = benches[name];
        if (result === undefined || result instanceof Error) throw result;
        return result;
      },
    }),
    print: (text) => printed.push(text),
    tell: (text) => told.push(text),
    save: async (name) => {
      saved.push(name);
      return `bench/results/${name}.json`;
    },
  });
  return { isComplete, printed: printed.join(''), told: told.join(''), saved };
}

it('prints tables, keeps the results and tells how far it is', async () => {
  const { isComplete, printed, told, saved } = await run('one', 'two');
  expect(isComplete).toBe(true);
  expect(printed).toBe(
    '\nOne\nsystem   p50\n──────  ────\nours    1.23\n\ntwo\n size  warm\n─────  ────\n12346   yes\n',
  );
  expect(told).toContain('one: what one does');
  expect(told).toContain('two: half way');
  expect(saved).toEqual(['one', 'two']);
});

it('prints the rows of one bench as one object and nothing else', async () => {
  const { printed } = await run('one', '--json');
  expect(JSON.parse(printed)).toEqual({ rows: [{ system: 'ours', p50InMillis: 1.23456 }] });
});

it('prints several benches as one object, each under its name', async () => {
  const { printed } = await run('one', 'two', '--json');
  expect(Object.keys(JSON.parse(printed))).toEqual(['one', 'two']);
});

it('goes on after a bench that fails, and says that it did', async () => {
  const { isComplete, told, saved } = await run();
  expect(isComplete).toBe(false);
  expect(told).toContain('broken failed: Error: no such table');
  expect(saved).toEqual(['one', 'two']);
});
