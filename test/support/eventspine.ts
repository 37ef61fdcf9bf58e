// Runs the local host as users do: as a process of its own, on any free port, with a data directory of its own.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const READY = /^Eventspine is ready: (http:\/\/127\.0\.0\.1:\d+)$/;
const LAST_WORDS_IN_CHARACTERS = 4_000;

export interface Eventspine {
  readonly url: string;
  readonly dataDirectory: string;
  /** Ends it in good order. @throws Error when it does not take it as that */
  stop(): Promise<void>;
  /** SIGKILL: it gets no chance to do anything. */
  kill(): Promise<void>;
}

export const newDataDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), 'eventspine-'));

/**
 * Resolves when the host serves.
 * @param settings further variables of its environment
 * @param flags of the command line: `--app <folder>`, say
 * @param project the folder of the code that runs
 * @throws Error with the host's last words when it ends before that
 */
export async function startEventspine(
  dataDirectory: string,
  settings: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
  project?: string,
): Promise<Eventspine> {
  // With npm's variable the host ends when its parent does, so that an interrupted test run leaves none behind.
  const environment = { ...process.env, ...settings, npm_lifecycle_event: 'start', PORT: '0', DATA_DIR: dataDirectory };
  const child = spawn(process.execPath, ['local/main.ts', '--quiet', ...flags], {
    env: environment,
    ...(project !== undefined && { cwd: project }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const endBy = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return {
    url: await readyUrl(child),
    dataDirectory,
    async stop() {
      await endBy('SIGTERM');
      if (child.exitCode !== 0) throw new Error(`The local host ended with exit code ${child.exitCode}`);
    },
    kill: () => endBy('SIGKILL'),
  };
}

async function readyUrl({ stdout, stderr }: ChildProcessByStdio<null, Readable, Readable>): Promise<string> {
  let lastWords = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS_IN_CHARACTERS);
  });
  for await (const line of createInterface({ input: stdout })) {
    const url = READY.exec(line)?.[1];
    if (url === undefined) continue;
    stdout.resume();
    return url;
  }
  throw new Error(`The local host ended before it served. Its last words:\n${lastWords}`);
}
