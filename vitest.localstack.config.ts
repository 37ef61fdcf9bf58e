// The outside tests against a stage that the CDK has deployed to an endpoint that acts as AWS, and then what deployments do.
import { defineConfig } from 'vitest/config';
import { ByPath } from './test/support/deployed/by-path.ts';

export default defineConfig({
  test: {
    name: 'localstack',
    include: ['test/e2e/**/*.test.ts', 'test/localstack/**/*.test.ts'],
    globalSetup: ['./test/support/deployed/set-up.ts'],
    fileParallelism: false,
    sequence: { sequencer: ByPath },
    testTimeout: 300_000,
    hookTimeout: 120_000,
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
