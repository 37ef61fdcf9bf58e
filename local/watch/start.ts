// `npm start -- --watch`: watches the sources of the functions that the template names.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionEntries } from '../../lib/spine/bundles/bundle-build.ts';
import type { ReplaceableFunctionHost } from '../functions/function-host.ts';
import type { FunctionSpec } from '../functions/function-spec.ts';
import type { HostSettings } from '../lifecycle/arguments.ts';
import { type FunctionWatch, watchFunctions } from './watch-functions.ts';
import { watchedFolders } from './watched-folders.ts';

export interface WatchedHost {
  readonly settings: Pick<HostSettings, 'dataDirectory' | 'applicationFolder'>;
  readonly functionEntries: FunctionEntries;
  /** Folder of the bundles that the synthesis built. */
  readonly bundles: string;
  readonly specs: readonly FunctionSpec[];
  readonly functions: Pick<ReplaceableFunctionHost, 'replaceCode'>;
  readonly log: (line: string) => void;
}

export function startWatch(host: WatchedHost): Promise<FunctionWatch> {
  const { settings, functionEntries, bundles, specs, functions, log } = host;
  const bySource = functionsBySource(Object.keys(functionEntries), specs, bundles);
  return watchFunctions({
    watchedFolders: watchedFolders(settings.applicationFolder, functionEntries),
    ignoredFolder: settings.dataDirectory,
    entries: functionEntries,
    outputFolder: join(settings.dataDirectory, 'watched'),
    startedWith: bundles,
    async swap(name, codeFolder) {
      const names = bySource.get(name) ?? [];
      await Promise.all(names.map((functionName) => functions.replaceCode(functionName, codeFolder)));
    },
    log,
  });
}

/** Which template function was made from which source: its asset is a copy of that source's bundle. */
function functionsBySource(
  sources: readonly string[],
  specs: readonly FunctionSpec[],
  bundles: string,
): ReadonlyMap<string, string[]> {
  const codeIn = (folder: string): string => readFileSync(join(folder, 'index.mjs'), 'utf8');
  const codes = specs.map(({ name, codeFolder }) => ({ name, code: codeIn(codeFolder) }));
  return new Map(
    sources.map((source) => {
      const built = codeIn(join(bundles, source));
      return [source, codes.filter(({ code }) => code === built).map(({ name }) => name)];
    }),
  );
}
