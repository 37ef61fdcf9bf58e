// Tests the running local host by its published document: every operation, as a customer and as staff, in all phases of Schemathesis
// and with all of its checks.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newDataDirectory, startEventspine } from '../support/eventspine.ts';
import { type Caller, seed } from './seed.ts';
import { install, schemathesis } from './tool.ts';

interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

async function testAs({ name, token }: Caller, url: string): Promise<Outcome> {
  const reports = mkdtempSync(join(tmpdir(), 'schemathesis-'));
  const report = join(reports, 'junit.xml');
  process.stdout.write(`\nAs ${name}\n`);
  const code = await schemathesis(
    [
      '--config-file',
      join(import.meta.dirname, 'schemathesis.toml'),
      'run',
      `${url}/openapi.json`,
      '--checks=all',
      `--header=Authorization: Bearer ${token}`,
      '--workers=2',
      '--report=junit',
      `--report-junit-path=${report}`,
    ],
    reports,
  );
  const outcome = outcomeOf(readFileSync(report, 'utf8'));
  rmSync(reports, { recursive: true });
  // A run that broke off has failed, whatever its cases say.
  return code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome;
}

/** @param junit with a case for each operation and phase */
function outcomeOf(junit: string): Outcome {
  const {
    tests = 0,
    failures = 0,
    errors = 0,
  } = Object.fromEntries(
    [...(/<testsuites?\b[^>]*>/.exec(junit)?.[0] ?? '').matchAll(/(\w+)="(\d+)"/g)].map(([, name, count]) => [
      name,
      Number(count),
    ]),
  );
  return { passed: tests - failures - errors, failed: failures + errors };
}

install();
const dataDirectory = await newDataDirectory();
const host = await startEventspine(dataDirectory);
let passed = 0;
let failed = 0;
try {
  for (const caller of await seed(host.url)) {
    const outcome = await testAs(caller, host.url);
    passed += outcome.passed;
    failed += outcome.failed;
  }
} finally {
  await host.stop();
  rmSync(dataDirectory, { recursive: true, force: true });
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
