import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { buildOptions, writeBundles } from '../../../lib/spine/bundles/bundle-build.ts';
import { startFunctions } from '../../../local/functions/function-host.ts';
import { watchFunctions } from '../../../local/watch/watch-functions.ts';

const service = 'http://127.0.0.1:1';
const endpoints = {
  ...{ cloudfront: service, dynamodb: service, kinesis: service },
  ...{ secretsManager: service, ses: service, sqs: service },
};

/** The functions of this application by name, with other code, watched. */
async function watched() {
  const folder = mkdtempSync(join(tmpdir(), 'watch-'));
  const save = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, 'source', path)), { recursive: true });
    writeFileSync(join(folder, 'source', path), text);
  };
  const names = ['relay', 'query', 'projector'];
  const entries = Object.fromEntries(names.map((name) => [name, join(folder, 'source', name, 'index.ts')]));
  for (const name of names) {
    const code = `import { word } from '../word.ts'; let n = 0; export const handler = async () => word + ++n;`;
    save(`${name}/index.ts`, name === 'relay' || name === 'query' ? code : `export const handler = async () => '';`);
  }
  save('word.ts', `export const word = 'old';`);
  save('../elsewhere/used.ts', `export const handler = async () => '';`);
  const log: string[] = [];
  const started = join(folder, 'started');
  writeBundles(buildSync(buildOptions({ entries, debuggable: true })), started);
  const specs = names.map((name) => ({
    ...{ name, codeFolder: join(started, name), handler: 'index.handler', environment: {} },
    ...{ timeoutInSeconds: 5, memoryInMegabytes: 128 },
  }));
  const functions = startFunctions(specs, { endpoints, log: () => {} });
  const watch = await watchFunctions({
    watchedFolders: ['source', 'elsewhere'].map((name) => join(folder, name)),
    ignoredFolder: join(folder, 'source', 'data'),
    entries,
    outputFolder: join(folder, 'watched'),
    startedWith: started,
    swap: (name, codeFolder) => functions.replaceCode(name, codeFolder),
    log: (line) => void log.push(line),
  });
  onTestFinished(async () => {
    await watch.stop();
    await functions.stop();
    rmSync(folder, { recursive: true });
  });
  const answer = async (name: string) => ((await functions.invoke(name, {})) as { payload: unknown }).payload;
  return { save, log, answer };
}

/** It takes a fraction of a second; the machine may be busy with other tests. */
const soon = { timeout: 10_000, interval: 20 };

test('a saved file runs in the functions that use it, and in no other; one that does not compile is shown and changes nothing', async () => {
  const { save, log, answer } = await watched();
  expect([await answer('relay'), await answer('query'), await answer('relay')]).toEqual(['old1', 'old1', 'old2']);

  log.length = 0;
  save('relay/index.ts', `export const handler = async () => 'new';`);
  await expect.poll(() => answer('relay'), soon).toBe('new');
  expect(await answer('query')).toBe('old2');
  await expect.poll(() => log, soon).toEqual([expect.stringMatching(/^Reloaded relay \(\d+ ms\)$/)]);

  log.length = 0;
  save('word.ts', `export const word = ;`);
  await expect.poll(() => log.join('\n'), soon).toMatch(/word\.ts:1:20.*The functions run as before/s);
  expect(await answer('query')).toBe('old3');

  save('word.ts', `export const word = 'mended';`);
  await expect.poll(() => answer('query'), soon).toBe('mended1');
});

test('what was saved while another file did not compile runs once that one is mended', async () => {
  const { save, log, answer } = await watched();
  save('relay/index.ts', 'export const handler = ;');
  await expect.poll(() => log.join('\n'), soon).toContain('The functions run as before');
  log.length = 0;
  save('word.ts', `export const word = 'newer';`);
  await expect.poll(() => log.join('\n'), soon).toContain('The functions run as before');

  save('relay/index.ts', `export const handler = async () => 'mended';`);
  await expect.poll(() => answer('relay'), soon).toBe('mended');
  await expect.poll(() => answer('query'), soon).toMatch(/^newer/);
});

test('what is saved in any of the folders runs, but for the folder that is ignored', async () => {
  const { save, log, answer } = await watched();
  save('projector/index.ts', `export { handler } from '../../elsewhere/used.ts';`);
  save('../elsewhere/used.ts', `export const handler = async () => 'there';`);
  await expect.poll(() => answer('projector'), soon).toBe('there');

  save('data/index.ts', `export const handler = async () => 'data';`);
  save('projector/index.ts', `export { handler } from '../data/index.ts';`);
  await expect.poll(() => answer('projector'), soon).toBe('data');
  log.length = 0;
  save('data/index.ts', `export const handler = async () => 'unseen';`);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect([log, await answer('projector')]).toEqual([[], 'data']);

  save('../elsewhere/used.ts', `export const handler = async () => 'elsewhere';`);
  save('projector/index.ts', `export { handler } from '../../elsewhere/used.ts';`);
  await expect.poll(() => answer('projector'), soon).toBe('elsewhere');
  save('../elsewhere/used.ts', `export const handler = async () => 'again';`);
  await expect.poll(() => answer('projector'), soon).toBe('again');
});
