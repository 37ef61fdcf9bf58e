// Opens the folder of an application, for the host: not its stacks, which another process synthesises.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { applicationFolder, NoApplicationError } from '../../lib/spine/application-folder.ts';
import { StartError } from '../lifecycle/start-error.ts';
import type { LocalApplication } from './local-application.ts';

export interface OpenApplication {
  /** Absolute path. */
  readonly folder: string;
  /** Empty for an application without `local.ts`. */
  readonly application: LocalApplication;
}

/**
 * @param folder absolute, or from the project's folder on
 * @throws StartError for a folder that holds no application, or a `local.ts` that says nothing
 */
export async function openApplication(folder: string): Promise<OpenApplication> {
  const path = pathOf(folder);
  const file = join(path, 'local.ts');
  if (!existsSync(file)) return { folder: path, application: {} };
  const module: { readonly default?: LocalApplication } = await import(pathToFileURL(file).href);
  if (module.default === undefined)
    throw new StartError(
      `${file} must export by default what is the application's on this machine: a LocalApplication.`,
    );
  return { folder: path, application: module.default };
}

function pathOf(folder: string): string {
  try {
    return applicationFolder(folder);
  } catch (error) {
    throw error instanceof NoApplicationError ? new StartError(error.message) : error;
  }
}
