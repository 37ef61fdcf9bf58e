// A local host of some checkout, run as `npm start` runs it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface RunningHost {
  readonly url: string;
  readonly pid: number;
  readonly readyMillis: number;
  stop(): Promise<void>;
}

export interface HowToRun {
  /** Before the host's own script. */
  readonly nodeOptions?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** @param folder of the checkout @throws Error with its last words when it ends before it serves */
export async function runHost(
  folder: string,
  { nodeOptions = [], variables = {} }: HowToRun = {},
): Promise<RunningHost> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'eventspine-bench-'));
  const startedAt = performance.now();
  const child = spawn(join(folder, 'node_modules/node/bin/node'), [...nodeOptions, 'local/main.ts'], {
    cwd: folder,
    // With npm's variable the host ends when this process does.
    env: { ...process.env, ...variables, npm_lifecycle_event: 'start', PORT: '0', DATA_DIR: dataDirectory },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-4_000);
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Eventspine is ready: (\S+)$/.exec(line)?.[1];
    if (url === undefined) continue;
    child.stdout.resume();
    return {
      url,
      pid: child.pid as number,
      readyMillis: performance.now() - startedAt,
      async stop() {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
        await rm(dataDirectory, { recursive: true });
      },
    };
  }
  throw new Error(`The host in ${folder} ended before it served. Its last words:\n${lastWords}`);
}
