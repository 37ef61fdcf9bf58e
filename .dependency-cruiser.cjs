// The rooms of docs/architecture.md and who may enter which. Everything that is not allowed here is an error.
const rooms = {
  '^lambdas/bindings/': [],
  '^lambdas/kernel/': [],
  '^lambdas/domain/': ['^lambdas/kernel/'],
  '^lambdas/read-models/': ['^lambdas/kernel/', '^lambdas/domain/[^/]+/events[.]ts$'],
  '^lambdas/adapters/': ['^lambdas/kernel/', '^lambdas/bindings/', '^lambdas/domain/[^/]+/(events|port)[.]ts$'],
  '^lambdas/runtime/': ['^lambdas/kernel/', '^lambdas/bindings/'],
  '^lambdas/api/': [
    '^lambdas/kernel/',
    '^lambdas/bindings/',
    '^lambdas/domain/',
    '^lambdas/read-models/index[.]ts$',
    '^lambdas/runtime/',
  ],
  '^lambdas/functions/': ['^lambdas/'],
  '^lib/': ['^lambdas/bindings/', '^lambdas/read-models/index[.]ts$', '^lambdas/subscriptions[.]ts$'],
  '^bin/': ['^lib/'],
};

const ownFiles = '^(bin|lib|lambdas|local|bench|test)/';

module.exports = {
  forbidden: [
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `room ${room.replaceAll(/[\^]|\/$/g, '')}`,
      severity: 'error',
      from: { path: room },
      to: { path: ownFiles, pathNot: [room, ...allowed] },
    })),
    {
      name: 'kernel, domain and read models are pure',
      comment: 'No AWS, no I/O: packages other than zod stay out; node:crypto hashes, node:zlib compresses.',
      severity: 'error',
      from: { path: '^lambdas/(kernel|domain|read-models)/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: ['node_modules/zod/', '^(node:)?(crypto|zlib)$'] },
    },
    {
      name: 'nothing imports local or test',
      severity: 'error',
      from: { path: '^(bin|lib|lambdas)/' },
      to: { path: '^(local|bench|test)/' },
    },
    {
      name: 'only tests import benches',
      severity: 'error',
      from: { path: '^local/' },
      to: { path: '^bench/' },
    },
    {
      name: 'no development package in a function',
      severity: 'error',
      from: { path: '^lambdas/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: ['node_modules/@types/'] },
    },
    { name: 'no circle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nothing unresolved',
      comment: 'The test of the generated client generates what it imports.',
      severity: 'error',
      from: { pathNot: '^test/client/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
