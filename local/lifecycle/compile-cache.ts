// Where Node keeps the host's code, compiled and without types: beside the packages, shared by all data directories. A thread
// that finds its files there needs no type stripper, which takes 11 MB in each thread.
// https://nodejs.org/api/module.html#module-compile-cache
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../node_modules/.cache/eventspine', import.meta.url));

/** The variable that has a thread or a process use it. */
export const compileCacheVariable: Readonly<Record<string, string>> = { NODE_COMPILE_CACHE: folder };

/** Makes this thread use it for later imports. If the folder cannot be written, nothing is kept. */
export function useCompileCache(): void {
  enableCompileCache(folder);
}
