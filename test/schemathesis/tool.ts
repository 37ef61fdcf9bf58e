// Schemathesis, a Python program: installed once, in a version that is written down here, beside the project's other caches.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const VERSION = '4.32.5';

const installed = join(import.meta.dirname, '../../.cache/schemathesis', VERSION);
const program = join(installed, 'bin/schemathesis');

/** @throws Error when there is no Python, 3.10 or newer, or the packages cannot be had */
export function install(): void {
  if (existsSync(program)) return;
  rmSync(installed, { recursive: true, force: true });
  try {
    runOrThrow('python3', ['-m', 'venv', installed]);
    runOrThrow(join(installed, 'bin/pip'), [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      `schemathesis==${VERSION}`,
    ]);
  } catch (error) {
    rmSync(installed, { recursive: true, force: true });
    throw error;
  }
}

function runOrThrow(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status ?? error}`, { cause: error });
}

/** The number of examples bounds a run, so that each one tries the same; this ends one that hangs. */
const longestRunInMillis = 300_000;

/**
 * Runs it with what it prints going to ours.
 * @param folder takes what it remembers from one run to the next, which would make them differ
 * @returns its exit code
 */
export async function schemathesis(args: readonly string[], folder: string): Promise<number> {
  const settings = { cwd: folder, timeout: longestRunInMillis };
  const child = spawn(program, args, { ...settings, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
