import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { App, FileSystem, Stack } from 'aws-cdk-lib';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shop } from '../../lambdas/shop/shop.ts';
import { functionEntriesOf } from '../../lambdas/spine/manifest/entries.ts';
import type { FunctionDeclaration } from '../../lambdas/spine/manifest/functions.ts';
import { buildOptions } from '../../lib/spine/bundles/bundle-build.ts';
import { type BundleOptions, bundleFunctions } from '../../lib/spine/bundles/function-bundles.ts';

const functionEntries = functionEntriesOf(shop);
const functionNames = Object.keys(functionEntries);

let folder: string;
const project = fileURLToPath(new URL('../..', import.meta.url));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundles-'));
  for (const name of functionNames) writeSource(name, `export const handler = async () => '${name}';`);
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeSource(name: string, text: string): void {
  mkdirSync(join(folder, 'source', name), { recursive: true });
  writeFileSync(join(folder, 'source', name, 'index.ts'), text);
}

const entriesIn = (source: string) =>
  Object.fromEntries(functionNames.map((name) => [name, join(source, name, 'index.ts')]));

function bundle(output: string, settings: Partial<BundleOptions> = {}): Record<string, string> {
  const outputFolder = join(folder, output);
  bundleFunctions({ outputFolder, entries: entriesIn(join(folder, 'source')), ...settings });
  return Object.fromEntries(functionNames.map((name) => [name, FileSystem.fingerprint(join(outputFolder, name))]));
}

describe('function bundles', () => {
  it('hold an ES module and its source map for every function, and nothing else', async () => {
    bundle('once');
    for (const name of functionNames) {
      expect(readdirSync(join(folder, 'once', name)).sort()).toEqual(['index.mjs', 'index.mjs.map']);
      const { handler } = await import(pathToFileURL(join(folder, 'once', name, 'index.mjs')).href);
      await expect(handler()).resolves.toBe(name);
    }
  });

  it('have the same hash wherever they are built', () => {
    expect(bundle('here')).toEqual(bundle('deep/down/there'));
  });

  it('change the hash of the function that changed and of no other', () => {
    const before = bundle('before');
    writeSource('relay', `export const handler = async () => 'another relay';`);
    const after = bundle('after');
    expect(functionNames.filter((name) => before[name] !== after[name])).toEqual(['relay']);
  });

  it('let a bundled CommonJS package call require', () => {
    writeFileSync(join(folder, 'source', 'query', 'platform.cjs'), `exports.platform = require('node:os').platform();`);
    writeSource('query', `import { platform } from './platform.cjs'; console.log(platform);`);
    bundle('commonjs');
    // A process of its own: the test runner gives every module a `require`.
    const output = execFileSync(process.execPath, [join(folder, 'commonjs', 'query', 'index.mjs')], {
      encoding: 'utf8',
    });
    expect(output.trim()).toBe(process.platform);
  });

  it('leave the sources out of the source map, and name them from the project’s folder on', () => {
    writeSource('relay', `export * from '${join(project, 'lambdas/spine/functions/relay/handler.ts')}';`);
    bundle('maps');
    const map = JSON.parse(readFileSync(join(folder, 'maps', 'relay', 'index.mjs.map'), 'utf8'));
    expect(map).not.toHaveProperty('sourcesContent');
    expect(map.sources).toContain('lambdas/spine/functions/relay/handler.ts');
    expect(map.sources).toContainEqual(expect.stringMatching(/(^|\/)node_modules\/@aws-lambda-powertools\//));
  });

  it('are as they were written, with stack traces that name their files and lines, for the machine that has the sources', () => {
    const thrower = `// A comment.\nexport const longParameterName = () => {\n  throw new Error('as asked');\n};\n`;
    writeFileSync(join(folder, 'source', 'thrower.ts'), thrower);
    writeSource('relay', `import { longParameterName } from '../thrower.ts'; longParameterName();`);
    bundle('debuggable', { debuggable: true });
    const index = join(folder, 'debuggable', 'relay', 'index.mjs');
    expect(readFileSync(index, 'utf8')).toContain('longParameterName = ');
    const { stderr } = spawnSync(process.execPath, ['--enable-source-maps', index], { encoding: 'utf8' });
    expect(stderr).toContain(`${join(folder, 'source', 'thrower.ts')}:3:9`);
    expect(stderr).toContain(`throw new Error('as asked');`);
  });

  it('fail the build when a function has no source', () => {
    rmSync(join(folder, 'source', 'projector'), { recursive: true });
    expect(() => bundle('incomplete')).toThrow('Could not resolve');
  });

  it('are assets of the functions that use them', () => {
    const code = bundleFunctions({ outputFolder: join(folder, 'assets'), entries: entriesIn(join(folder, 'source')) });
    const { s3Location } = code('projector').bind(new Stack(new App(), 'stack'));
    expect(s3Location?.objectKey).toMatch(/^[0-9a-f]{64}\.zip$/);
  });
});

/** In KB of 1,000 bytes, minified: some percent above what each has. What outgrows its own has taken in something large. */
const budgetsOfKinds: Readonly<Record<FunctionDeclaration['kind'], number>> = {
  command: 410,
  query: 460,
  projector: 400,
  sweeper: 400,
  audit: 500,
  process: 425,
  notifications: 515,
};

/** Of the spine's own functions, and of those whose size is not that of their kind. */
const budgetsOfTheirOwn: Readonly<Record<string, number>> = {
  'orders-command': 400,
  'payment-callback': 395,
  // It holds the client of the payment provider.
  'order-fulfilment': 735,
  relay: 250,
  'fan-out': 220,
  redrive: 425,
  operations: 485,
  invalidator: 465,
};

function budgetOf(name: string): number {
  const kind = Object.entries<FunctionDeclaration>(shop.functions).find(([declared]) => declared === name)?.[1].kind;
  return budgetsOfTheirOwn[name] ?? (kind === undefined ? 0 : budgetsOfKinds[kind]);
}

describe('the bundles of this application', () => {
  const { outputs } = buildSync({ ...buildOptions({ entries: functionEntries }), metafile: true }).metafile;
  const outputOf = (name: string) => {
    const output = outputs[`.build/${name}/index.mjs`];
    if (output === undefined) throw new Error(`There is no bundle of ${name} in ${Object.keys(outputs).join(', ')}`);
    return output;
  };
  /** Of what is left of them when unused code is gone. */
  const packagesIn = (name: string): string[] =>
    Object.entries(outputOf(name).inputs).flatMap(([path, { bytesInOutput }]) => {
      const [, packageName] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
      return packageName === undefined || bytesInOutput === 0 ? [] : [packageName];
    });

  it.each(functionNames)('stay within their budget: %s', (name) => {
    expect(outputOf(name).bytes / 1000).toBeLessThan(budgetOf(name));
  });

  it.each(functionNames)('hold no event streams of the SDK: %s', (name) => {
    const inputs = Object.entries(outputOf(name).inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    expect(inputs.map(([path]) => path).filter((path) => path.includes('/submodules/event-streams/'))).toEqual([]);
  });

  it.each(functionNames)('hold of the SDK’s credential providers that of the environment alone: %s', (name) => {
    const providers = packagesIn(name).filter((each) =>
      /credential-provider|token-providers|nested-clients/.test(each),
    );
    expect(new Set(providers)).toEqual(new Set(['@aws-sdk/credential-provider-env']));
  });

  it.each(['relay', 'fan-out', 'invalidator'] as const)('hold no zod where nothing is validated: %s', (name) => {
    expect(packagesIn(name)).not.toContain('zod');
  });
});
