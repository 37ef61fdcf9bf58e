// A copy of the project to generate into, with the packages of this one.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const project = resolve(import.meta.dirname, '../../..');
const folders = ['bench', 'bin', 'lambdas', 'lib', 'local', 'examples', 'test'];
const files = [
  '.dependency-cruiser.cjs',
  '.gitignore',
  'biome.json',
  'cdk.json',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];

/** The example behaviour in a generated file: the comment above the error that asks to fill it in. */
const example = /^ *\/\/ Such as:\n((?: *\/\/ {3}.*\n)+) *throw new Error\([^;]*;\n/gm;

export class ProjectCopy {
  readonly folder = mkdtempSync(join(tmpdir(), 'eventspine-new-'));

  constructor() {
    for (const name of [...folders, ...files]) {
      if (existsSync(join(project, name))) cpSync(join(project, name), join(this.folder, name), { recursive: true });
    }
    symlinkSync(join(project, 'node_modules'), join(this.folder, 'node_modules'));
  }

  /** Runs a script or a package's program with this Node.js. */
  run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_OPTIONS|NODE_ENV)/.test(name));
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      ...{ cwd: this.folder, encoding: 'utf8', env: { ...Object.fromEntries(own), ...environment } },
    });
    return { status, stdout, stderr };
  }

  new = (...args: string[]) => this.run('bin/new.ts', args);

  read = (path: string): string => readFileSync(join(this.folder, path), 'utf8');

  write = (path: string, text: string): void => writeFileSync(join(this.folder, path), text);

  /** Puts the example's lines in the place of the error. */
  fillIn(path: string): void {
    const text = this.read(path);
    const filled = text.replace(example, (_, lines: string) => lines.replaceAll(/\/\/ {3}/g, ''));
    if (filled === text) throw new Error(`${path} has no example to fill in`);
    this.write(path, filled);
  }

  /** @returns the outcome of each test, by its file and name */
  test(...paths: readonly string[]): ReadonlyMap<string, { readonly status: string; readonly message: string }> {
    const output = join(this.folder, 'tests.json');
    const reported = ['--reporter', 'json', '--outputFile', output];
    this.run('node_modules/vitest/vitest.mjs', ['run', '--project', 'unit', ...reported, ...paths]);
    const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as { testResults: FileResult[] };
    return new Map(
      testResults.flatMap(({ name, assertionResults }) =>
        assertionResults.map(({ title, status, failureMessages: [message = ''] }) => [
          `${name.slice(this.folder.length + 1)}: ${title}`,
          { status, message },
        ]),
      ),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface FileResult {
  readonly name: string;
  readonly assertionResults: { readonly title: string; readonly status: string; readonly failureMessages: string[] }[];
}
