// A program from PyPI that tests run, installed once under `.cache/` in the version that they name.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface PythonProgram {
  /** Of the package and of its program. */
  readonly name: string;
  readonly version: string;
  /** What it needs beside what it asks for: `cryptography==50.0.2`. */
  readonly packages?: readonly string[];
}

/** @returns path of the program @throws Error when it cannot be installed */
export async function pythonProgram({ name, version, packages = [] }: PythonProgram): Promise<string> {
  const folder = resolve('.cache', `${name}-${version}`);
  const program = join(folder, 'bin', name);
  if (existsSync(program)) return program;
  process.stdout.write(`Installing ${name} ${version} (once) …\n`);
  await mkdir(dirname(folder), { recursive: true });
  try {
    await run('python3', ['-m', 'venv', folder]);
    const wanted = [`${name}==${version}`, ...packages];
    await run(join(folder, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...wanted]);
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`${name} needs Python 3.10 or later with venv, and its package.`, { cause });
  }
  return program;
}
