// Proves that the shop is a part that can be taken out: a copy of the project without it type-checks, passes its own tests, and runs and
// synthesises the library. It takes minutes, so it is no part of `npm test`.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { defaultApplication } from '../../lib/spine/application-folder.ts';
import { isOfTheShop } from './of-the-shop.ts';

const project = resolve(import.meta.dirname, '../..');

/** What git knows or would take, so that neither data nor packages are copied. */
function filesOfTheProject(): string[] {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { status, stdout, stderr } = spawnSync('git', list, { cwd: project, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The files of the project are those that git lists, and git says: ${stderr}`);
  return stdout.split('\0').filter((path) => path !== '' && existsSync(join(project, path)));
}

const copy = mkdtempSync(join(tmpdir(), 'without-shop-'));

/** @throws Error when it fails; what it wrote stands above */
function run(program: string, ...flags: readonly string[]): void {
  process.stdout.write(`\nWithout the shop: ${program} ${flags.join(' ')}\n`);
  const { status, signal } = spawnSync(join(copy, 'node_modules/.bin', program), flags, {
    cwd: copy,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`Without the shop ${program} ended with ${status ?? signal}`);
}

try {
  for (const path of filesOfTheProject()) {
    if (!isOfTheShop(path)) cpSync(join(project, path), join(copy, path));
  }
  // The one line to change: which application runs where none is named. Not the library, which the host's tests know as another one.
  const settings = readFileSync(join(copy, 'cdk.json'), 'utf8');
  writeFileSync(join(copy, 'cdk.json'), settings.replace(`"${defaultApplication}"`, '"test/spine/manifest/tallies"'));
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  run('tsc');
  // The local host's own tests and the contracts of the adapters know no application by name, and are left out for the time they take.
  run('vitest', 'run', ...['unit', 'library', 'infra'].flatMap((name) => ['--project', name]));
  const context = { app: 'examples/library', stage: 'dev', emailSender: 'desk@library.example' };
  run('cdk', 'synth', '--quiet', ...Object.entries(context).flatMap(([key, value]) => ['-c', `${key}=${value}`]));
} finally {
  rmSync(copy, { recursive: true });
}
