// Storms: the whole system on this machine under load, measured alone, and under more than fits its time, with its services down.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'storm',
    include: ['test/storm/**/*.test.ts'],
    // Each test starts a host of its own.
    provide: { target: { kind: 'local-host', apiUrl: 'http://127.0.0.1', dataDirectory: '' } },
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 60_000,
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
