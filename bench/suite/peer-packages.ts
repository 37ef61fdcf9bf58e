// Peers are no packages of the project: the first run installs the pinned versions under `.cache/`, without their own peers, so that
// they find the project's AWS SDK and all systems share one.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Progress } from './definition.ts';
import { program } from './program.ts';

/** @param versions `{ '@castore/core': '2.4.2' }` */
export async function installPeers(
  name: string,
  versions: Readonly<Record<string, string>>,
  progress: Progress,
): Promise<{ load<Module>(specifier: string): Promise<Module> }> {
  const packages = Object.entries(versions).map(([specifier, version]) => `${specifier}@${version}`);
  const folder = resolve('.cache/bench', `${name}-${Object.values(versions).join('-')}`);
  if (!existsSync(join(folder, 'node_modules/.package-lock.json'))) {
    progress(`installing ${packages.join(' ')} (once)`);
    const quiet = ['--omit=peer', '--no-audit', '--no-fund', '--loglevel=error'];
    await program('npm', ['install', '--prefix', folder, '--save-exact', ...quiet, ...packages]);
  }
  const { resolve: pathOf } = createRequire(join(folder, 'package.json'));
  return { load: (specifier) => import(pathToFileURL(pathOf(specifier)).href) };
}
