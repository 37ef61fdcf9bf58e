// `npm start -- --watch`: watches the sources of the functions that the template names.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shop } from '../../lambdas/shop/shop.ts';
import { functionEntriesOf } from '../../lambdas/spine/manifest/entries.ts';
import type { ReplaceableFunctionHost } from '../functions/function-host.ts';
import type { FunctionSpec } from '../functions/function-spec.ts';
import { type FunctionWatch, watchFunctions } from './watch-functions.ts';

const functionEntries = functionEntriesOf(shop);

export interface WatchedHost {
  readonly dataDirectory: string;
  /** Where the synthesis has left the bundles that it built. */
  readonly bundles: string;
  readonly specs: readonly FunctionSpec[];
  readonly functions: Pick<ReplaceableFunctionHost, 'replaceCode'>;
  readonly log: (line: string) => void;
}

export function startWatch({ dataDirectory, bundles, specs, functions, log }: WatchedHost): Promise<FunctionWatch> {
  const bySource = functionsBySource(specs, bundles);
  return watchFunctions({
    watchedFolder: fileURLToPath(new URL('../../lambdas', import.meta.url)),
    entries: functionEntries,
    outputFolder: join(dataDirectory, 'watched'),
    startedWith: bundles,
    async swap(name, codeFolder) {
      const names = bySource.get(name) ?? [];
      await Promise.all(names.map((functionName) => functions.replaceCode(functionName, codeFolder)));
    },
    log,
  });
}

/** Which of the template's functions were made from which source: those whose asset is a copy of its bundle. */
function functionsBySource(specs: readonly FunctionSpec[], bundles: string): ReadonlyMap<string, string[]> {
  const codeIn = (folder: string): string => readFileSync(join(folder, 'index.mjs'), 'utf8');
  const codes = specs.map(({ name, codeFolder }) => ({ name, code: codeIn(codeFolder) }));
  return new Map(
    Object.keys(functionEntries).map((source) => {
      const built = codeIn(join(bundles, source));
      return [source, codes.filter(({ code }) => code === built).map(({ name }) => name)];
    }),
  );
}
