// Finds an application in its folder. It knows nothing of the CDK, so that the local host can use it.
import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { App } from 'aws-cdk-lib';
import cdkSettings from '../../cdk.json' with { type: 'json' };
import type { FunctionEntries } from './bundles/bundle-build.ts';
import type { FunctionCode } from './bundles/function-bundles.ts';

/** What makes a folder an application that this project deploys and runs: the default export of its `app.ts`. */
export interface ApplicationModule {
  readonly functionEntries: FunctionEntries;
  /**
   * Adds the stacks of the stage that the app's context names (`-c stage=dev`).
   * @throws Error for settings that break a rule; the message names the rule, the value and the `-c` key
   */
  addStacks(app: App, code: FunctionCode): void;
}

/** Says in one line why a folder is no application, and what would make it one. */
export class NoApplicationError extends Error {}

/** Folder of the application that runs where none is named. */
export const defaultApplication: string = cdkSettings.context.app;

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @param folder absolute, or from the project's folder on: `examples/library`
 * @returns its absolute path
 * @throws NoApplicationError for a folder without `app.ts`
 */
export function applicationFolder(folder: string): string {
  const path = resolve(projectFolder, folder);
  if (existsSync(join(path, 'app.ts'))) return path;
  throw noApplication(folder, existsSync(path) ? 'has no app.ts' : 'does not exist');
}

/** What a folder within the project is called wherever the project lies, `examples/library`; another one by its absolute path. */
export function applicationName(folder: string): string {
  const path = resolve(projectFolder, folder);
  const name = relative(projectFolder, path);
  return name.startsWith('..') || isAbsolute(name) ? path : name;
}

/**
 * @param folder absolute, or from the project's folder on
 * @throws NoApplicationError for a folder that is none; what its `app.ts` itself throws
 */
export async function applicationIn(folder: string): Promise<ApplicationModule> {
  const path = join(applicationFolder(folder), 'app.ts');
  const module: { readonly default?: Partial<ApplicationModule> } = await import(pathToFileURL(path).href);
  const { functionEntries, addStacks } = module.default ?? {};
  if (typeof functionEntries !== 'object' || typeof addStacks !== 'function')
    throw noApplication(folder, 'has an app.ts without such a default export');
  return module.default as ApplicationModule;
}

const noApplication = (folder: string, why: string): NoApplicationError =>
  new NoApplicationError(
    `No application is in ${JSON.stringify(folder)}, which ${why}. An application is a folder whose app.ts exports by default ` +
      `its functionEntries and addStacks, as ${defaultApplication}/app.ts does.`,
  );
