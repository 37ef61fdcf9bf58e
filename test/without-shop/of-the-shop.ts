// What goes with the shop: its code, and what tests, measures, seeds and describes it.

const folders = [
  ...['lambdas/shop', 'lib/shop', 'lib/seed', 'bench', 'docs'],
  ...['shop', 'e2e', 'infra', 'bench', 'client', 'documents', 'localstack', 'mutation', 'schemathesis', 'storm'].map(
    (name) => `test/${name}`,
  ),
  'test/contract/order-cost',
];

const files = [
  'bin/seed.ts',
  // What the documents say.
  'test/library/tutorial.test.ts',
  // What a commit and a request of the shop cost.
  ...['bench', 'command-cost', 'open-orders', 'ops-request-cost', 'order-cost', 'request-cost'].map(
    (name) => `test/contract/${name}.test.ts`,
  ),
  'test/contract/support/large-shop.ts',
  'test/spine/pipeline/cost.test.ts',
  // The host's life, told with the shop's functions and lines.
  'test/local/host/lifecycle.test.ts',
  ...['eventual-commands', 'folds', 'killing', 'load', 'mixed-orders', 'payments', 'shelf'].map(
    (name) => `test/support/${name}.ts`,
  ),
  ...['localstack', 'mutation', 'storm'].map((name) => `vitest.${name}.config.ts`),
];

/** Of the tests of infrastructure the one that is about another application. */
const kept = ['test/infra/second-application.test.ts'];

/** @param path from the project's folder on */
export const isOfTheShop = (path: string): boolean =>
  !kept.includes(path) && (files.includes(path) || folders.some((folder) => path.startsWith(`${folder}/`)));
