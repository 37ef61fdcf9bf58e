// A host as `npm start` runs it: a process of its own, on a free port. A test ends it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export const emptyDirectory = (): string => mkdtempSync(join(tmpdir(), 'host-'));

export interface HostProcess {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the exit code, or the signal, when the process and its streams have ended. */
  readonly ended: Promise<number | string>;
  /** Resolves with the URL when the host serves; rejects with what it wrote when it ends before. */
  readonly ready: Promise<string>;
}

export function startHostProcess(environment: Record<string, string>, flags: readonly string[] = []): HostProcess {
  const child = spawn(process.execPath, [join(root, 'local/main.ts'), ...flags], {
    cwd: root,
    env: { ...process.env, npm_lifecycle_event: undefined, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const [, url] = /^Eventspine is ready: (http:\S+)\n/.exec(out) ?? [];
      if (url !== undefined) resolve(url);
    });
    ended.then((code) => reject(new Error(`the host ended with ${code}: ${err}`)));
  });
  ready.catch(() => {});
  return { child, stdout: () => out, stderr: () => err, ended, ready };
}
