// `npm run new`: plans everything first, so that nothing is written where something is wrong.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { defaultApplication, NoApplicationError } from '../spine/application-folder.ts';
import { applicationCode, project } from './application-code.ts';
import { readCommandLine, usage } from './command-line.ts';
import { GeneratorError } from './generator-error.ts';
import { planOf } from './kinds/plans.ts';
import type { NewFile } from './plan.ts';

export async function runNew(args: readonly string[]): Promise<void> {
  try {
    const line = readCommandLine(args);
    process.stdout.write(line === undefined ? usage : await write(line));
  } catch (error) {
    if (!(error instanceof GeneratorError || error instanceof NoApplicationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

const deployedHint = `
More is deployed now. Then write docs/permissions.md and docs/dashboard.png anew, which are made from what is deployed:

  npx vitest run -u --project infra test/infra/permission-table.test.ts
  npm run dashboard-picture
`;

async function write({
  kind,
  name,
  app: folder,
  of,
}: NonNullable<ReturnType<typeof readCommandLine>>): Promise<string> {
  const app = await applicationCode(folder);
  const { files, toFillIn, test } = await planOf[kind](app, name, of);
  const changed = app.sources.changed.map(({ path, text }) => ({ path: relative(project, path), text }));
  for (const file of [...files, ...changed]) checkSyntax(file);
  for (const { path, text } of [...files, ...changed]) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  format([...files, ...changed]);
  const lines = (written: readonly NewFile[]) => written.map(({ path }) => `  ${path}\n`).join('');
  return `Written:\n${lines(files)}Added to:\n${lines(changed)}
Its tests fail until you fill in the example in ${toFillIn}:

  npx vitest run ${test}
${folder === defaultApplication ? deployedHint : ''}`;
}

/** @throws GeneratorError before anything is written: what was there is of a form that nobody thought of */
function checkSyntax({ path, text }: NewFile): void {
  const { diagnostics = [] } = ts.transpileModule(text, { fileName: path, reportDiagnostics: true });
  const [first] = diagnostics;
  if (!first) return;
  const why = ts.flattenDiagnosticMessageText(first.messageText, ' ');
  throw new GeneratorError(`Nothing was written: ${path} is in a form that cannot be added to (${why}).`);
}

/** Puts imports in their order, without those that nothing needs any more, and breaks long lines. */
function format(files: readonly NewFile[]): void {
  const biome = join(project, 'node_modules/@biomejs/biome/bin/biome');
  const unused = ['lint', '--write', '--unsafe', '--only=correctness/noUnusedImports'];
  for (const command of [unused, ['check', '--write']]) {
    const { status, stderr } = spawnSync(process.execPath, [biome, ...command, ...files.map(({ path }) => path)], {
      ...{ cwd: project, encoding: 'utf8' },
    });
    if (status !== 0) throw new Error(`Biome does not like what was written:\n${stderr}`);
  }
}
