// The suite as a program: that every bench is there, loads and says what it does. None is run, so nothing needs Java.
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { benchNames, loadBench } from '../../bench/suite/registry.ts';

const bench = (...args: string[]) => spawnSync(process.execPath, ['bench/main.ts', ...args], { encoding: 'utf8' });

it('lists every bench with a line on what it measures', async () => {
  const { status, stdout } = bench('--list');
  expect(status).toBe(0);
  for (const name of benchNames()) {
    const { name: ownName, summary } = await loadBench(name);
    expect(ownName).toBe(name);
    expect(stdout).toContain(`${name.padEnd(12)}${summary}\n`);
  }
});

it('prints its usage, and refuses what it does not know with it', () => {
  expect(bench('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('npm run bench --') });
  const refused = bench('no-such-bench');
  expect(refused).toMatchObject({ status: 2, stdout: '' });
  expect(refused.stderr).toContain('There is no bench no-such-bench');
  expect(refused.stderr).toContain('npm run bench --');
});
