// What the project is built with is written down to the version: two clones of a commit are built alike.
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const { dependencies, devDependencies, engines } = manifest;

it.each(Object.entries({ ...dependencies, ...devDependencies }))('%s has one version', (_, version) =>
  expect(version).toMatch(/^\d+\.\d+\.\d+$/),
);

it('the version of Node.js that is asked for is the one that the functions run on', () => {
  const major = readFileSync('.nvmrc', 'utf8').trim();
  expect(devDependencies.node.split('.')[0]).toBe(major);
  expect(Number(major)).toBeGreaterThanOrEqual(Number(engines.node.replace('>=', '')));
});

const workflows = globSync('.github/workflows/*.yml');

it.each(workflows)('%s names each action by its commit', (path) => {
  const actions = [...readFileSync(path, 'utf8').matchAll(/\buses: (.+)/g)].map(([, action]) => action);
  expect(actions.filter((action) => !/^[\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/.test(action ?? ''))).toEqual([]);
});

it.each(workflows)('%s may read the code and do nothing else', (path) => {
  const permissions = /^permissions:\n((?: +.*\n)+)/m.exec(readFileSync(path, 'utf8'))?.[1];
  expect(permissions).toBe('  contents: read\n');
});
