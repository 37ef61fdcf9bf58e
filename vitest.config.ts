import { defineConfig } from 'vitest/config';

const project = (name: string, testTimeoutInMillis: number, outside = {}) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: testTimeoutInMillis,
    hookTimeout: 60_000,
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
    ...outside,
  },
});

/** These files share one local host and measure it: they run after all others, and one by one. */
const outside = {
  globalSetup: ['./test/support/shared-host.ts'],
  fileParallelism: false,
  sequence: { groupOrder: 1 },
};

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    projects: [
      project('unit', 20_000),
      project('contract', 60_000),
      project('infra', 60_000),
      project('e2e', 120_000, outside),
    ],
  },
});
