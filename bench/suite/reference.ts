// The commit that figures are compared with, as a checkout of its own with its own packages, under `.cache/`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Progress } from './definition.ts';
import { program } from './program.ts';

/** Before the warm path, keys by time and stock streams. */
export const REFERENCE_COMMIT = 'b8d068b';

export interface Reference {
  readonly commit: string;
  /** Absolute. */
  readonly folder: string;
  /** One of its modules: `lambdas/kernel/execute-command.ts`. */
  load<Module>(path: string): Promise<Module>;
  /** A package as that commit has it installed. */
  require<Module>(specifier: string): Module;
}

/** @throws Error when the repository lacks the commit, as a shallow clone may */
export async function checkOutReference(progress: Progress): Promise<Reference> {
  const folder = resolve('.cache/bench', REFERENCE_COMMIT);
  if (!existsSync(join(folder, 'package.json'))) {
    if (spawnSync('git', ['cat-file', '-e', `${REFERENCE_COMMIT}^{commit}`]).status !== 0) {
      throw new Error(`This clone has no commit ${REFERENCE_COMMIT} to compare with: git fetch --unshallow`);
    }
    progress(`checking ${REFERENCE_COMMIT} out (once)`);
    // Forced: its folder may have been removed without git being told.
    await program('git', ['worktree', 'add', '--force', '--detach', folder, REFERENCE_COMMIT]);
  }
  if (!existsSync(join(folder, 'node_modules/.package-lock.json'))) {
    progress(`installing the packages of ${REFERENCE_COMMIT} (once)`);
    await program('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  }
  return {
    commit: REFERENCE_COMMIT,
    folder,
    require: createRequire(join(folder, 'package.json')),
    load: (path) => import(pathToFileURL(join(folder, path)).href),
  };
}
