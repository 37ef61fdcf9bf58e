// The example of the kernel's README type-checks and does what it says.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';

const kernel = resolve(import.meta.dirname, '../../../lambdas/spine/kernel');
const written = resolve(import.meta.dirname, `readme-example-${process.pid}.ts`);

afterEach(() => rmSync(written, { force: true }));

it('shows code that compiles and runs', { timeout: 60_000 }, async () => {
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readFileSync(`${kernel}/README.md`, 'utf8')) ?? [];
  writeFileSync(written, example.replace("'./index.ts'", `'../../../lambdas/spine/kernel/index.ts'`));
  const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', '--types', 'node'];
  const modules = ['--module', 'NodeNext', '--target', 'ES2024', '--lib', 'ES2024,ESNext.Array'];
  const tsc = resolve('node_modules/typescript/bin/tsc');
  const flags = [...options, ...modules, '--allowImportingTsExtensions', '--ignoreConfig', written];
  expect(spawnSync(process.execPath, [tsc, ...flags], { encoding: 'utf8' }).stdout).toBe('');
  const { deposit } = await import(written);
  const store = inMemoryEventStore();
  expect(await deposit(store, '7', 500, '2026-01-01T00:00:00.000Z')).toMatchObject({ kind: 'done', version: 1 });
  expect(store.commits('account-7')).toHaveLength(1);
});
