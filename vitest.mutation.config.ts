// The tests that Stryker runs against each mutant: those of what is pure, and of the functions that use it.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{spine,shop}/**/*.test.ts'],
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
    testTimeout: 60_000,
  },
});
