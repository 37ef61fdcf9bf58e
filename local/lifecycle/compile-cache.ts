// Where Node keeps the host's code without its types, and compiled: beside the packages, for every data directory, fresh ones too.
// A thread that finds its files there does without the stripper of types, which would take 11 MB of each.
// https://nodejs.org/api/module.html#module-compile-cache
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../node_modules/.cache/eventspine', import.meta.url));

/** The variable that has a thread or a process use it. */
export const compileCacheVariable: Readonly<Record<string, string>> = { NODE_COMPILE_CACHE: folder };

/** Has this thread use it for what it imports from now on. Where the folder cannot be written, nothing is kept. */
export function useCompileCache(): void {
  enableCompileCache(folder);
}
