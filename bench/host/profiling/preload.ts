// Preloaded into a local host (`--import`): has each of its threads, and its child process, sample what it does, and write it down.
// SIGUSR2 begins and ends it. A thread that ends before that takes its samples along.
import childProcess from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname, join } from 'node:path';
import threads, { BroadcastChannel, isMainThread, threadId, threadName } from 'node:worker_threads';
import { PROFILE_FOLDER, type ThreadProfile } from './thread-profile.ts';

const folder = process.env[PROFILE_FOLDER];
const preload = ['--import', import.meta.url];
const orders = new BroadcastChannel('profile');

const session = new Session();
session.connect();
await session.post('Profiler.enable');
// Started here as well: an environment that begins in the middle is sampled from its start.
await session.post('Profiler.start');

let before = process.threadCpuUsage();

async function restart(): Promise<void> {
  await session.post('Profiler.stop');
  before = process.threadCpuUsage();
  await session.post('Profiler.start');
}

async function write(to: string): Promise<void> {
  const { user, system } = process.threadCpuUsage(before);
  const { profile } = await session.post('Profiler.stop');
  const thread = isMainThread ? basename(process.argv[1] ?? 'node') : (threadName ?? String(threadId));
  const content: ThreadProfile = { thread, cpuMillis: (user + system) / 1000, profile };
  writeFileSync(join(to, `${process.pid}-${threadId}.json`), JSON.stringify(content));
}

const RESTART = '';

/** To start anew, or the folder to write to. */
const obey = (order: string): Promise<void> => (order === RESTART ? restart() : write(order));

if (isMainThread && folder !== undefined) {
  let isBegun = false;
  process.on('SIGUSR2', () => {
    const order = isBegun ? folder : RESTART;
    isBegun = true;
    orders.postMessage(order);
    void obey(order);
  });
  preloadElsewhere(folder);
} else {
  orders.onmessage = ({ data }) => void obey(String(data));
}
orders.unref();

/** Threads and processes with options or an environment of their own inherit nothing by themselves. */
function preloadElsewhere(to: string): void {
  const { Worker } = threads;
  threads.Worker = class extends Worker {
    constructor(url: URL, options: threads.WorkerOptions = {}) {
      const name = options.name ?? basename(dirname(url.pathname));
      super(url, { ...options, name, execArgv: preload });
    }
  };
  const { spawn } = childProcess;
  childProcess.spawn = ((command: string, args: readonly string[], options: childProcess.SpawnOptions) => {
    const isNode = command === process.execPath;
    const env = { ...(options.env ?? process.env), [PROFILE_FOLDER]: to };
    return spawn(command, isNode ? [...preload, ...args] : args, { ...options, env });
  }) as typeof spawn;
  syncBuiltinESMExports();
}
