// The rooms of docs/architecture.md and who may enter which. Everything that is not allowed here is an error.
const rooms = {
  '^lambdas/spine/bindings/': [],
  '^lambdas/spine/kernel/': [],
  '^lambdas/spine/testing/': ['^lambdas/spine/(kernel|bindings)/'],
  '^lambdas/spine/aws/': ['^lambdas/spine/(kernel|bindings)/', '^lambdas/spine/notifications/port[.]ts$'],
  '^lambdas/spine/runtime/': ['^lambdas/spine/(kernel|bindings)/'],
  '^lambdas/spine/process/': ['^lambdas/spine/(kernel|bindings|runtime|aws)/'],
  '^lambdas/spine/http/': ['^lambdas/spine/(kernel|bindings|runtime|aws)/', '^lambdas/spine/ops/operations[.]ts$'],
  '^lambdas/spine/manifest/': ['^lambdas/spine/(kernel|http)/'],
  '^lambdas/spine/(edge|notifications|ops|functions)/': ['^lambdas/spine/'],
  '^lambdas/shop/': ['^lambdas/spine/'],
  '^lambdas/shop/bindings/': [],
  '^lib/spine/': ['^lambdas/spine/(bindings|manifest)/'],
  '^lib/shop/local([.]ts$|/)': ['^lib/', '^lambdas/', '^local/'],
  '^lib/shop/(?!local([.]ts$|/))': ['^lib/spine/', '^lambdas/spine/bindings/', '^lambdas/shop/(bindings/|shop[.]ts$)'],
  '^lib/deployment/': ['^lib/', '^lambdas/spine/bindings/'],
  '^lib/seed/': ['^lib/deployment/'],
  '^lib/cost/': ['^lib/spine/'],
  '^lib/operations/': ['^lib/deployment/'],
  '^lib/generator/': ['^lib/spine/', '^lambdas/spine/(manifest|http|kernel)/'],
  '^bin/': ['^lib/'],
  '^examples/(?!.*/app[.]ts$)': ['^lambdas/spine/'],
  '^examples/[^/]+/app[.]ts$': ['^examples/', '^lib/spine/'],
};

/** What an application says of its life on a laptop: `local.ts` beside its `app.ts`, and a folder of that name. */
const localPart = '^(lib|examples)/[^/]+/local([.]ts$|/)';

const ownFiles = '^(bin|lib|lambdas|local|examples|bench|test)/';

/** What says an application's manifest. */
const manifests = '^(lambdas/shop/shop[.]ts$|examples/([^/]+)/\\2[.]ts$)';

module.exports = {
  forbidden: [
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `room ${room.replaceAll(/[\^]|\/$/g, '')}`,
      severity: 'error',
      from: { path: room },
      to: { path: ownFiles, pathNot: [room, ...allowed] },
    })),
    {
      name: 'the kernel is pure',
      comment: 'No AWS, no I/O: packages other than zod stay out; node:crypto hashes, node:zlib compresses.',
      severity: 'error',
      from: { path: '^lambdas/spine/kernel/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: ['node_modules/zod/', '^(node:)?(crypto|zlib)$'] },
    },
    {
      name: 'only the entries of functions import a manifest',
      comment:
        'They take a list out of it that a bundler tells from the rest (ADR 61). What a manifest is made of knows none.',
      severity: 'error',
      from: {
        path: '^(lambdas|examples)/',
        pathNot: [manifests, '^(lambdas|examples)/[^/]+/functions/[^/]+[.]ts$', '/app[.]ts$'],
      },
      to: { path: manifests },
    },
    {
      name: 'only manifests are said with the manifest room',
      comment: 'It is for infrastructure.',
      severity: 'error',
      from: { path: '^(lambdas|examples)/', pathNot: [manifests, '^lambdas/spine/manifest/'] },
      to: { path: '^lambdas/spine/manifest/' },
    },
    {
      name: 'nothing imports local or test',
      severity: 'error',
      from: { path: '^(bin|lib|lambdas|examples)/', pathNot: [localPart] },
      to: { path: '^(local|bench|test)/' },
    },
    {
      name: 'a local part knows the types of its host alone',
      comment: 'An application is deployed from where there is no local host (ADR 46).',
      severity: 'error',
      from: { path: localPart },
      to: { path: '^(local|bench|test)/', pathNot: ['^local/application/local-application[.]ts$'] },
    },
    {
      name: 'a local part imports nothing of its host at run time',
      severity: 'error',
      from: { path: localPart },
      to: { path: '^local/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only the local host runs a local part',
      severity: 'error',
      from: { path: '^(bin|lib|lambdas|local|examples|bench)/', pathNot: [localPart] },
      to: { path: localPart },
    },
    {
      name: 'only tests import the test kit',
      severity: 'error',
      from: { path: '^(bin|lib|lambdas|local|examples)/', pathNot: '^lambdas/spine/testing/' },
      to: { path: '^lambdas/spine/testing/' },
    },
    {
      name: 'only tests import benches',
      severity: 'error',
      from: { path: '^local/' },
      to: { path: '^bench/' },
    },
    {
      name: 'no development package in a function',
      comment: 'The test kit runs in tests alone.',
      severity: 'error',
      from: { path: '^(lambdas|examples)/', pathNot: '^lambdas/spine/testing/' },
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
