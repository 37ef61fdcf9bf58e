// Proves that the gate between the rooms works: the project's own rules refuse each of these deliberate violations.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

type Case = readonly [from: string, imported: string, rule?: string];

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

const refused: [from: string, imported: string, rule: string][] = [
  ['lambdas/spine/kernel/decider.ts', 'lambdas/spine/aws/dynamodb/client.ts', 'room lambdas/spine/kernel'],
  ['lambdas/spine/kernel/decider.ts', '@aws-sdk/client-dynamodb', 'the kernel is pure'],
  ['lambdas/spine/kernel/decider.ts', 'lambdas/spine/bindings/tables.ts', 'room lambdas/spine/kernel'],
  ['lambdas/spine/aws/sqs/queue.ts', 'lambdas/spine/runtime/logger.ts', 'room lambdas/spine/aws'],
  ['lambdas/spine/aws/ses/mailer.ts', 'lambdas/spine/notifications/handler.ts', 'room lambdas/spine/aws'],
  ['lambdas/spine/runtime/logger.ts', 'lambdas/shop/values.ts', 'room lambdas/spine/runtime'],
  ['lambdas/spine/notifications/handler.ts', 'lambdas/shop/orders/events.ts', 'room lambdas/spine'],
  ['lambdas/spine/process/process-worker.ts', 'lambdas/shop/values.ts', 'room lambdas/spine/process'],
  ['lambdas/spine/functions/relay/index.ts', 'lambdas/shop/values.ts', 'room lambdas/spine'],
  ['lambdas/shop/orders/decider.ts', 'lib/spine/edge/invalidator.ts', 'room lambdas/shop'],
  ['lib/spine/edge/invalidator.ts', 'lib/shop/shop-parts.ts', 'room lib/spine'],
  ['lambdas/spine/manifest/routes.ts', 'lambdas/spine/aws/dynamodb/client.ts', 'room lambdas/spine/manifest'],
  ['lambdas/spine/http/api.ts', 'lambdas/shop/values.ts', 'room lambdas/spine/http'],
  ['lambdas/shop/bindings/environment.ts', 'lambdas/shop/values.ts', 'room lambdas/shop/bindings'],
  ['lambdas/shop/orders/operations.ts', 'lambdas/shop/shop.ts', 'only the entries of functions import a manifest'],
  ['lambdas/shop/functions/query.ts', 'lambdas/spine/manifest/routes.ts', 'only manifests are said'],
  ['lambdas/spine/http/api.ts', 'lambdas/spine/manifest/routes.ts', 'only manifests are said'],
  ['lambdas/spine/functions/query-function.ts', 'lambdas/shop/shop.ts', 'room lambdas/spine'],
  ['lib/spine/events/subscription.ts', 'lambdas/shop/shop.ts', 'room lib/spine'],
  ['lib/shop/app.ts', 'lambdas/shop/values.ts', 'room lib/shop'],
  ['lambdas/spine/functions/relay/index.ts', 'local/main.ts', 'nothing imports local or test'],
  ['lambdas/spine/functions/relay/index.ts', 'bench/suite/statistics.ts', 'nothing imports local or test'],
  ['lib/shop/local.ts', 'local/ports.ts', 'a local part knows the types'],
  ['lib/shop/local/variables.ts', 'local/application/local-application.ts', 'a local part imports nothing'],
  ['lib/shop/app.ts', 'lib/shop/local.ts', 'only the local host runs a local part'],
  ['local/main.ts', 'lib/shop/local/variables.ts', 'only the local host runs a local part'],
  ['local/main.ts', 'bench/suite/statistics.ts', 'only tests import benches'],
  ['lambdas/shop/functions/query.ts', 'lambdas/spine/testing/given.ts', 'only tests import the test kit'],
  ['lambdas/spine/testing/given.ts', 'lambdas/spine/aws/wire/delivery.ts', 'room lambdas/spine/testing'],
  ['lambdas/spine/functions/relay/index.ts', 'fast-check', 'no development package'],
  ['lib/shop/app.ts', 'lambdas/spine/kernel/decider.ts', 'room lib'],
  ['lib/generator/run-new.ts', 'lambdas/shop/shop.ts', 'room lib/generator'],
  ['lib/spine/application-folder.ts', 'lib/generator/run-new.ts', 'room lib/spine'],
  ['lib/cost/order.ts', 'lambdas/shop/shop.ts', 'room lib/cost'],
  ['bin/app.ts', 'lambdas/spine/bindings/tables.ts', 'room bin'],
  ['examples/library/loan.ts', 'lambdas/shop/values.ts', 'room examples'],
  ['examples/library/app.ts', 'lib/shop/shop-parts.ts', 'room examples'],
  ['examples/library/loans.ts', 'examples/library/library.ts', 'only the entries of functions import a manifest'],
  ['examples/library/loan.ts', 'lambdas/spine/testing/given.ts', 'only tests import the test kit'],
  ['lambdas/spine/http/api.ts', 'examples/library/loans.ts', 'room lambdas/spine/http'],
  ['lambdas/shop/values.ts', 'examples/library/loans.ts', 'room lambdas/shop'],
];

const permitted: [from: string, imported: string][] = [
  ['lambdas/spine/aws/sqs/queue.ts', 'lambdas/spine/kernel/decider.ts'],
  ['lambdas/spine/aws/ses/mailer.ts', 'lambdas/spine/notifications/port.ts'],
  ['lambdas/shop/orders/decider.ts', 'lambdas/spine/kernel/decider.ts'],
  ['lambdas/spine/functions/relay/index.ts', 'lambdas/spine/runtime/logger.ts'],
  ['lib/shop/app.ts', 'lambdas/spine/bindings/tables.ts'],
  ['lib/shop/app.ts', 'lambdas/shop/shop.ts'],
  ['lib/shop/local.ts', 'lambdas/shop/payments/port.ts'],
  ['lib/shop/local.ts', 'type local/application/local-application.ts'],
  ['lib/spine/stacks/state-stack.ts', 'lambdas/spine/manifest/subscriptions.ts'],
  ['lambdas/spine/testing/given.ts', 'vitest'],
  ['lambdas/shop/functions/query.ts', 'lambdas/shop/shop.ts'],
  ['examples/library/functions/projector.ts', 'examples/library/library.ts'],
  ['examples/library/loan.ts', 'lambdas/spine/kernel/index.ts'],
  ['examples/library/app.ts', 'lib/spine/application-module.ts'],
  ['examples/library/app.ts', 'examples/library/library.ts'],
];

const project = resolve(import.meta.dirname, '..');
const tree = mkdtempSync(join(tmpdir(), 'eventspine-boundaries-'));
let violations: readonly Violation[];

/** What is imported: a file, or with `type` before it a type of the file, or a package. */
function parsed(imported: string) {
  const [, type, to = imported] = /^(type) (.*)$/.exec(imported) ?? [];
  return { isType: type !== undefined, isPackage: !to.endsWith('.ts'), to };
}

function statementOf([from, imported]: Case): string {
  const { isType, isPackage, to } = parsed(imported);
  const specifier = isPackage ? to : `${'../'.repeat(from.split('/').length - 1)}${to}`;
  return `import ${isType ? 'type Imported from ' : ''}'${specifier}';\n`;
}

/** A tree of the files of all cases, each with what it imports in any of them, cruised once: a cruise takes seconds. */
beforeAll(() => {
  for (const file of ['tsconfig.json', 'package.json', '.dependency-cruiser.cjs']) {
    copyFileSync(join(project, file), join(tree, file));
  }
  symlinkSync(join(project, 'node_modules'), join(tree, 'node_modules'));
  const cases: readonly Case[] = [...refused, ...permitted];
  const files = new Map<string, string>();
  for (const [, imported] of cases) {
    const { isPackage, to } = parsed(imported);
    if (!isPackage) files.set(to, 'export default interface Imported {}\n');
  }
  for (const each of cases) files.set(each[0], `${statementOf(each)}${files.get(each[0]) ?? ''}`);
  for (const [path, text] of files) {
    mkdirSync(join(tree, dirname(path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  const cli = join(project, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const roots = [...new Set(cases.map(([from]) => from.split('/')[0] ?? ''))];
  const { stdout } = spawnSync(process.execPath, [cli, '--output-type', 'json', ...roots], {
    ...{ cwd: tree, encoding: 'utf8', maxBuffer: 100_000_000 },
  });
  violations = (JSON.parse(stdout) as { readonly summary: { readonly violations: Violation[] } }).summary.violations;
});
afterAll(() => rmSync(tree, { recursive: true }));

function rulesAgainst(from: string, imported: string): string[] {
  const { isPackage, to } = parsed(imported);
  const isMeant = (file: string) => (isPackage ? file.includes(`node_modules/${to}/`) : file === to);
  const against = violations.filter((each) => each.from === from && isMeant(each.to));
  return against.map(({ rule }) => rule.name).filter((name) => name !== 'no circle');
}

it.each(refused)('%s may not import %s', (from, imported, rule) => {
  expect(rulesAgainst(from, imported)).toContainEqual(expect.stringContaining(rule));
});

it.each(permitted)('%s may import %s', (from, imported) => {
  expect(rulesAgainst(from, imported)).toEqual([]);
});
