import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App, FileSystem, Stack } from 'aws-cdk-lib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleFunctions, functionNames } from '../../lib/function-bundles.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundles-'));
  for (const name of functionNames) writeSource(name, `export const handler = async () => '${name}';`);
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeSource(name: string, text: string): void {
  mkdirSync(join(folder, 'source', name), { recursive: true });
  writeFileSync(join(folder, 'source', name, 'index.ts'), text);
}

function bundle(output: string): Record<string, string> {
  const outputFolder = join(folder, output);
  bundleFunctions({ outputFolder, sourceFolder: join(folder, 'source') });
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

  it('leave the sources out of the source map', () => {
    bundle('maps');
    const map = JSON.parse(readFileSync(join(folder, 'maps', 'relay', 'index.mjs.map'), 'utf8'));
    expect(map).not.toHaveProperty('sourcesContent');
  });

  it('fail the build when a function has no source', () => {
    rmSync(join(folder, 'source', 'projector'), { recursive: true });
    expect(() => bundle('incomplete')).toThrow('Could not resolve');
  });

  it('are assets of the functions that use them', () => {
    const code = bundleFunctions({ outputFolder: join(folder, 'assets'), sourceFolder: join(folder, 'source') });
    const { s3Location } = code('projector').bind(new Stack(new App(), 'stack'));
    expect(s3Location?.objectKey).toMatch(/^[0-9a-f]{64}\.zip$/);
  });
});
