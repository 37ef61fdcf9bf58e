// Where the sources of an application's functions lie.
import { dirname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FunctionEntries } from '../../lib/spine/bundles/bundle-build.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The application's own folder, that of all functions' code, and that of any entry outside of both.
 * @returns absolute paths, none of which lies in another
 */
export function watchedFolders(applicationFolder: string, entries: FunctionEntries): readonly string[] {
  const entryFolders = Object.values(entries).map((file) => dirname(resolve(projectFolder, file)));
  const folders = [...new Set([applicationFolder, resolve(projectFolder, 'lambdas'), ...entryFolders])];
  return folders.filter((folder) => !folders.some((other) => other !== folder && folder.startsWith(`${other}${sep}`)));
}
