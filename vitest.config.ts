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
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
    ...settings,
  },
});

/** Much of these waits for time-outs and child processes, so two run at once however few cores there are. */
const inside = { maxWorkers: 2, sequence: { groupOrder: 0 } };

/** These share one local host and measure it: they run after the others, one file after the other. */
const outside = {
  globalSetup: ['./test/support/shared-host.ts'],
  fileParallelism: false,
  sequence: { groupOrder: 1 },
};

/** These have hosts of their own, and mostly wait for what was killed or lost to come back. */
const recovery = ['faults', 'kill'].map((name) => `test/e2e/${name}.test.ts`);
const sideBySide = { maxWorkers: 2, sequence: { groupOrder: 2 } };

const all = (folder: string): string[] => [`test/${folder}/**/*.test.ts`];

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    projects: [
      project({ name: 'unit', include: all('unit'), testTimeoutInMillis: 20_000, settings: inside }),
      project({ name: 'contract', include: all('contract'), testTimeoutInMillis: 60_000, settings: inside }),
      project({ name: 'infra', include: all('infra'), testTimeoutInMillis: 60_000, settings: inside }),
      project({
        name: 'e2e',
        include: all('e2e'),
        exclude: recovery,
        testTimeoutInMillis: 120_000,
        settings: outside,
      }),
      project({ name: 'recovery', include: recovery, testTimeoutInMillis: 180_000, settings: sideBySide }),
    ],
  },
});
