// MiniStack (https://ministack.org, MIT): AWS's services on one port, written by others. Installed once, in a fixed version.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pythonProgram } from '../python-program.ts';

const VERSION = '1.5.33';
/** Checks the signatures of tokens. */
const CRYPTOGRAPHY_VERSION = '50.0.2';
const READY_WITHIN_MILLIS = 60_000;

export interface Endpoint {
  readonly url: string;
  stop(): Promise<void>;
}

/** @throws Error when it cannot be installed or does not serve */
export async function startMiniStack(): Promise<Endpoint> {
  const program = await pythonProgram({
    name: 'ministack',
    version: VERSION,
    packages: [`cryptography==${CRYPTOGRAPHY_VERSION}`],
  });
  const folder = await mkdtemp(join(tmpdir(), 'ministack-'));
  // It runs functions from below its TMPDIR with a script that is CommonJS, whatever a package.json further up says.
  await writeFile(join(folder, 'package.json'), '{}');
  const port = await freePort();
  // What it and the functions say; kept when it does not serve.
  const logFile = join(folder, 'ministack.log');
  const log = await open(logFile, 'w');
  const child = spawn(join(dirname(program), 'python3'), [resolve('test/support/deployed/run-ministack.py')], {
    stdio: ['ignore', log.fd, log.fd],
    env: {
      ...process.env,
      // The functions run with the first node there is.
      PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
      TMPDIR: folder,
      STATE_DIR: join(folder, 'state'),
      S3_DATA_DIR: join(folder, 's3'),
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_HOST: '127.0.0.1',
      MINISTACK_REGION: process.env['AWS_REGION'],
      IOT_MTLS_ENABLED: '0',
      NODE_OPTIONS: undefined,
    },
  });
  await log.close();
  const killIt = () => void child.kill();
  process.once('exit', killIt);
  const url = `http://127.0.0.1:${port}`;
  await untilReady(child, url, logFile);
  return {
    url,
    async stop() {
      process.off('exit', killIt);
      if (child.exitCode === null && child.kill()) await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilReady(child: ChildProcess, url: string, logFile: string): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MILLIS;
  while (performance.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${url}/_ministack/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await wait(100);
  }
  child.kill();
  throw new Error(`MiniStack does not serve; see ${logFile}`);
}

/** The system's choice. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server must have a port.');
  return address.port;
}
