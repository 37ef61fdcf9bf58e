// The process that runs kinesis-local: on this machine's loopback only, and for no longer than this process.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { compileCacheVariable } from '../../lifecycle/compile-cache.ts';
import { accountId, region } from '../../template/account.ts';

export interface KinesisProcess {
  /** Where it listens on 127.0.0.1. */
  readonly port: number;
  stop(): Promise<void>;
}

/** A CommonJS script to be run, not a module to be imported. */
const kinesisLocal = createRequire(import.meta.url).resolve('kinesis-local');

/** Starts it. If it ends by itself, so does this process: only a new start brings back the records that it held. */
export async function startKinesisProcess(): Promise<KinesisProcess> {
  const child = spawn(process.execPath, ['--import', new URL('./preload.js', import.meta.url).href, kinesisLocal], {
    env: {
      ...compileCacheVariable,
      KINESIS_MOCK_PLAIN_PORT: '0',
      KINESIS_MOCK_TLS_PORT: '1',
      KINESIS_MOCK_CERT_PATH: join(dirname(kinesisLocal), 'server.json'),
      CREATE_STREAM_DURATION: '1ms',
      SHARD_LIMIT: '500',
      LOG_LEVEL: 'ERROR',
      AWS_ACCOUNT_ID: accountId,
      AWS_REGION: region,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // A process group of its own, so that Ctrl-C in the terminal ends only the host, which then ends this.
    detached: true,
  });
  const port = await portOf(child);
  const crash = (code: number | null, signal: string | null): never => {
    throw new Error(`Kinesis ended by itself (${code ?? signal}), and the records that it held are gone; start again`);
  };
  child.once('exit', crash);
  return {
    port,
    async stop() {
      child.off('exit', crash);
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`Kinesis did not start: its process ended with ${code}`);
  });
  const [{ port }] = (await Promise.race([once(child, 'message'), gone])) as [AddressInfo];
  return port;
}
