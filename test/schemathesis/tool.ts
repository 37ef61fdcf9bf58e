// Schemathesis, a Python program: installed once, in a version that is written down here, beside the project's other caches.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const VERSION = '4.32.5';

const folder = join(import.meta.dirname, '../../.cache/schemathesis', VERSION);
const program = join(folder, 'bin/schemathesis');

/** @throws Error when there is no Python, 3.10 or newer, or the packages cannot be had */
export function install(): void {
  if (existsSync(program)) return;
  rmSync(folder, { recursive: true, force: true });
  try {
    runOrThrow('python3', ['-m', 'venv', folder]);
    runOrThrow(join(folder, 'bin/pip'), [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      `schemathesis==${VERSION}`,
    ]);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function runOrThrow(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status ?? error}`, { cause: error });
}

/** The number of examples bounds a run, so that each one tries the same; this ends one that hangs. */
const longestRunInMillis = 300_000;

/** Runs it with what it prints going to ours. @returns its exit code */
export async function schemathesis(args: readonly string[]): Promise<number> {
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: longestRunInMillis });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
