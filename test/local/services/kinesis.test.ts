import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { expect, onTestFinished, test } from 'vitest';
import { clientSettings } from '../../../local/services/client-settings.ts';
import type { Arrival } from '../../../local/services/kinesis/arrivals.ts';
import { startKinesis } from '../../../local/services/kinesis/start.ts';
import { kinesisStream } from './resources.ts';

test('takes records over the wire and tells which shard each has come to', async () => {
  const kinesis = await startKinesis();
  onTestFinished(() => kinesis.stop());
  await kinesis.createStreams([kinesisStream('events', 2)]);
  const client = new KinesisClient(clientSettings(kinesis.endpoint));
  const arrivals: Arrival[] = [];
  kinesis.arrivals.listen((arrival) => arrivals.push(arrival));
  const entry = (PartitionKey: string) => ({ PartitionKey, Data: Buffer.from(PartitionKey) });

  const one = await client.send(new PutRecordCommand({ StreamName: 'events', ...entry('a') }));
  const two = await client.send(new PutRecordsCommand({ StreamName: 'events', Records: [entry('b'), entry('c')] }));

  const shardIds = [one.ShardId, ...(two.Records ?? []).map(({ ShardId }) => ShardId)];
  expect(arrivals).toEqual(shardIds.map((shardId) => ({ stream: 'events', shardId })));
  const { ShardIterator } = await client.send(
    new GetShardIteratorCommand({ StreamName: 'events', ShardId: one.ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  const { Records } = await client.send(new GetRecordsCommand({ ShardIterator }));
  expect(Records?.[0]).toMatchObject({ PartitionKey: 'a', SequenceNumber: one.SequenceNumber });
});

/** Starts a process that starts Kinesis; tells where kinesis-local itself listens. */
async function startHost(): Promise<{ host: ChildProcess; port: number }> {
  const script = join(import.meta.dirname, 'host-with-kinesis.ts');
  const host = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void host.kill());
  const [line] = (await once(createInterface(host.stdout), 'line')) as [string];
  return { host, port: Number(line) };
}

const isListening = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host, () => resolve(true)).once('error', () => resolve(false));
    onTestFinished(() => void socket.destroy());
  });

test('ends when the host is killed', async () => {
  const { host, port } = await startHost();
  expect(await isListening('127.0.0.1', port)).toBe(true);

  host.kill('SIGKILL');

  await expect.poll(() => isListening('127.0.0.1', port)).toBe(false);
});

test('cannot be reached from another machine', async () => {
  const { port } = await startHost();
  const outward = Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).filter(({ internal }) => !internal).map(({ address }) => address),
  );

  const reached = await Promise.all(outward.map((address) => isListening(address, port)));

  expect(reached).not.toContain(true);
});
