import { defineConfig } from 'vitest/config';

interface Project {
  readonly name: string;
  readonly include: readonly string[];
  readonly exclude?: readonly string[];
  readonly testTimeoutInMillis: number;
  readonly settings?: object;
}

const project = ({ name, include, exclude = [], testTimeoutInMillis, settings = {} }: Project) => ({
  extends: true as const,
  test: {
    name,
    include: [...include],
    exclude: [...exclude],
    testTimeout: testTimeoutInMillis,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
    ...settings,
  },
});

/** Much of these waits for time-outs and child processes, so two run at once however few cores there are. */
const inside = { maxWorkers: 2, sequence: { groupOrder: 0 } };

/** These leave their process as they found it: files share a worker, and modules are loaded once. Spies end with their test. */
const sharing = { ...inside, isolate: false, restoreMocks: true };

/**
 * These run after the others, on local hosts: two files at a time, each on a host of its own, as much of what they do is to wait.
 * A target that is there already is one for all.
 */
const outside = {
  globalSetup: ['./test/support/shared-host.ts'],
  setupFiles: ['./test/support/own-host.ts'],
  maxWorkers: process.env['API_URL'] === undefined ? 2 : 1,
  sequence: { groupOrder: 1 },
};

const all = (folder: string): string[] => [`test/${folder}/**/*.test.ts`];

/**
 * What takes most of a minute: the tutorial, on a host; what `npm run new` writes, in a copy of the project; hosts that are killed under
 * load; time-outs; hundreds of requests of a seed. CI runs them beside `npm test`.
 */
const long = {
  generator: ['test/shop/generator/new.test.ts'],
  e2e: ['dead-letters', 'fault-matrix', 'kill', 'restore', 'payment-timeout', 'rebuild', 'seed'].map(
    (name) => `test/e2e/${name}.test.ts`,
  ),
  tutorial: ['test/library/tutorial.test.ts'],
};

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    projects: [
      project({
        name: 'unit',
        include: ['test/*.test.ts', ...['documents', 'spine', 'shop', 'generator', 'bench'].flatMap(all)],
        exclude: long.generator,
        testTimeoutInMillis: 60_000,
        settings: sharing,
      }),
      project({ name: 'local', include: all('local'), testTimeoutInMillis: 60_000, settings: inside }),
      project({
        name: 'newcomer',
        include: [...long.generator, ...long.tutorial],
        testTimeoutInMillis: 180_000,
        settings: inside,
      }),
      project({ name: 'e2e-long', include: long.e2e, testTimeoutInMillis: 180_000, settings: outside }),
      project({ name: 'contract', include: all('contract'), testTimeoutInMillis: 60_000, settings: inside }),
      project({
        name: 'library',
        include: all('library'),
        exclude: long.tutorial,
        testTimeoutInMillis: 20_000,
        settings: inside,
      }),
      project({ name: 'infra', include: all('infra'), testTimeoutInMillis: 60_000, settings: sharing }),
      project({
        name: 'e2e',
        include: all('e2e'),
        exclude: long.e2e,
        testTimeoutInMillis: 180_000,
        settings: outside,
      }),
    ],
  },
});
