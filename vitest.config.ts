import { defineConfig } from 'vitest/config';

interface Project {
  readonly name: string;
  readonly include: readonly string[];
  readonly testTimeoutInMillis: number;
  readonly settings?: object;
}

const project = ({ name, include, testTimeoutInMillis, settings = {} }: Project) => ({
  extends: true as const,
  test: {
    name,
    include: [...include],
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

const all = (folder: string): string[] => [`test/${folder}/**/*.test.ts`];

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    projects: [
      project({ name: 'unit', include: all('unit'), testTimeoutInMillis: 20_000, settings: inside }),
      project({ name: 'contract', include: all('contract'), testTimeoutInMillis: 60_000, settings: inside }),
      project({ name: 'infra', include: all('infra'), testTimeoutInMillis: 60_000, settings: inside }),
      project({ name: 'e2e', include: all('e2e'), testTimeoutInMillis: 180_000, settings: outside }),
    ],
  },
});
