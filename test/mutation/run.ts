// Mutation tests of what is pure, by Stryker. It is large and seldom run, so it is no package of the project: the first run
// installs it under `.cache/`, without peers, so that its runner finds the project's own Vitest.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const version = '10.1.1';
const folder = resolve('.cache', `stryker-${version}`);
const program = join(folder, 'node_modules/@stryker-mutator/core/bin/stryker.js');

function run(command: string, parameters: readonly string[]): void {
  const { status } = spawnSync(command, parameters, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(program)) {
  process.stdout.write(`Installing Stryker ${version} (once) …\n`);
  const packages = ['core', 'vitest-runner'].map((name) => `@stryker-mutator/${name}@${version}`);
  run('npm', [
    'install',
    '--prefix',
    folder,
    '--omit=peer',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...packages,
  ]);
}
run(process.execPath, [program, 'run', ...process.argv.slice(2)]);
