// The mappings between the services as they run and a function that is a fake.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { ReceiveMessageCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { changeStreamReadBack } from '../../../lambdas/spine/aws/dynamodb/change-stream.ts';
import { kinesisReadBack } from '../../../lambdas/spine/aws/kinesis/read-back.ts';
import type { RecordsToRedrive } from '../../../lambdas/spine/kernel/pipeline/redrive.ts';
import { toRedriveIn } from '../../../lambdas/spine/ops/redrive/message.ts';
import { type MappingSources, startMappings } from '../../../local/mappings/start.ts';
import { clientSettings } from '../../../local/services/client-settings.ts';
import { ChangeLog } from '../../../local/services/dynamodb/change-log.ts';
import { startDynamoDb } from '../../../local/services/dynamodb/start.ts';
import { tableOfStream } from '../../../local/services/dynamodb/stream-arn.ts';
import { startKinesis } from '../../../local/services/kinesis/start.ts';
import { queueUrl } from '../../../local/services/sqs/queue-url.ts';
import { startSqs } from '../../../local/services/sqs/start.ts';
import { arn } from '../../../local/template/account.ts';
import { kinesisStream, mapping, queue, streamArn, streamedTable } from '../services/resources.ts';
import { type FakeFunctions, failuresOf, fakeFunctions } from './fake-functions.ts';

const folder = mkdtempSync(join(tmpdir(), 'eventspine-'));
let services: MappingSources;

beforeAll(async () => {
  const [dynamodb, kinesis, sqs] = await Promise.all([startDynamoDb(folder), startKinesis(), startSqs(folder)]);
  services = { dynamodb, kinesis, sqs };
});

afterAll(async () => {
  await Promise.all(Object.values(services).map((service) => service.stop()));
  rmSync(folder, { recursive: true, force: true });
});

/** What the mapping of a test reads from, each test from its own. */
type Source = 'table' | 'stream' | 'queue';

let tests = 0;

/** Creates a table, a stream and a queue with its dead-letter queue, and runs a mapping from one of them to the fake. */
async function start(functions: FakeFunctions, source: Source, properties: Readonly<Record<string, unknown>> = {}) {
  tests += 1;
  const [events, work, dead] = [`events-${tests}`, `work-${tests}`, `dead-${tests}`];
  const { dynamodb, kinesis, sqs } = services;
  const redrive = { deadLetterTargetArn: arn('sqs', dead), maxReceiveCount: 2 };
  await dynamodb.createTables([streamedTable(events)]);
  await kinesis.createStreams([kinesisStream(events, 2)]);
  await sqs.createQueues([queue(work, { VisibilityTimeout: 1, RedrivePolicy: redrive }), queue(dead)]);
  const sourceArn = { table: streamArn(events), stream: arn('kinesis', `stream/${events}`), queue: arn('sqs', work) }[
    source
  ];
  const resource = mapping({
    FunctionName: 'target',
    EventSourceArn: sourceArn,
    ...(source !== 'queue' && { StartingPosition: 'TRIM_HORIZON' }),
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ...(properties['onFailure'] === 'dead' && { DestinationConfig: { OnFailure: { Destination: arn('sqs', dead) } } }),
    ...properties,
  });
  const warn = vi.fn<(message: string) => void>();
  const mappings = await startMappings([resource], functions, services, warn);
  onTestFinished(async () => void (await Promise.all(mappings.map((each) => each.stop()))));
  const clients = {
    dynamodb: new DynamoDBClient(clientSettings(dynamodb.endpoint)),
    kinesis: new KinesisClient(clientSettings(kinesis.endpoint)),
    sqs: new SQSClient(clientSettings(sqs.endpoint)),
  };
  onTestFinished(() => {
    for (const client of Object.values(clients)) client.destroy();
  });
  return {
    sourceArn,
    warn,
    mappings,
    pending: () => mappings.reduce((pending, each) => pending + each.pending(), 0),
    put: (stream: string, version: number) =>
      clients.dynamodb.send(
        new PutItemCommand({ TableName: events, Item: { stream: { S: stream }, version: { N: String(version) } } }),
      ),
    putRecords: (...keys: string[]) =>
      clients.kinesis.send(
        new PutRecordsCommand({
          StreamName: events,
          Records: keys.map((PartitionKey, index) => ({ PartitionKey, Data: Buffer.from(`${PartitionKey}${index}`) })),
        }),
      ),
    send: (...bodies: string[]) =>
      clients.sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl(sqs.endpoint, work),
          Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
        }),
      ),
    receiveDead: async () =>
      (await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl(sqs.endpoint, dead) }))).Messages ?? [],
  };
}

const sent = (batches: FakeFunctions['batches']): string[] =>
  batches.flat().map((event) => {
    const { kinesis, dynamodb, body } = event as {
      kinesis?: { data: string };
      dynamodb?: { Keys: { stream: { S: string }; version: { N: string } } };
      body?: string;
    };
    if (kinesis !== undefined) return Buffer.from(kinesis.data, 'base64').toString();
    return body ?? `${dynamodb?.Keys.stream.S}@${dynamodb?.Keys.version.N}`;
  });

test('takes commits from the table to the function, in their order', async () => {
  const functions = fakeFunctions();
  const { put, pending, mappings, sourceArn } = await start(functions, 'table');

  for (const version of [1, 2, 3]) await put('a', version);

  await expect.poll(() => sent(functions.batches)).toEqual(['a@1', 'a@2', 'a@3']);
  await expect.poll(pending).toBe(0);
  expect(mappings).toMatchObject([{ source: 'dynamodb', sourceArn, functionName: 'target' }]);
  expect(functions.batches[0]?.[0]).toMatchObject({
    eventSource: 'aws:dynamodb',
    eventVersion: '1.1',
    eventName: 'INSERT',
  });
});

test('takes records of all shards to the function as Lambda does, and counts them until they are done', async () => {
  let finish = (): void => {};
  const first = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const functions = fakeFunctions(() => first);
  const { putRecords, pending, sourceArn } = await start(functions, 'stream');

  const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
  await putRecords(...keys);
  expect(pending()).toBe(6);
  await expect.poll(() => functions.batches.length).toBe(2);
  expect(pending()).toBe(6);
  finish();
  await expect.poll(pending).toBe(0);
  await putRecords('late');
  await expect.poll(pending).toBe(0);

  expect(sent(functions.batches).toSorted()).toEqual(['a0', 'b1', 'c2', 'd3', 'e4', 'f5', 'late0']);
  expect(functions.batches[0]?.[0]).toMatchObject({
    eventSource: 'aws:kinesis',
    eventSourceARN: sourceArn,
    eventID: expect.stringMatching(/^shardId-\d+:\d+$/),
    kinesis: { partitionKey: expect.any(String), approximateArrivalTimestamp: expect.any(Number) },
  });
});

test('reads on while there is more than a batch, each record once and in order', async () => {
  const functions = fakeFunctions();
  const { putRecords, pending } = await start(functions, 'stream', { BatchSize: 3 });

  for (let round = 0; round < 5; round += 1) await putRecords('a', 'a', 'a', 'a');
  await expect.poll(pending).toBe(0);

  expect(sent(functions.batches)).toEqual(Array.from({ length: 20 }, (_, index) => `a${index % 4}`));
  expect(functions.batches.every((batch) => batch.length <= 3)).toBe(true);
});

test('sends word of records that are given up to the on-failure queue, in the form of AWS', async () => {
  const functions = fakeFunctions(() => {
    throw new Error('poison');
  });
  const { putRecords, receiveDead, pending, warn, sourceArn } = await start(functions, 'stream', {
    MaximumRetryAttempts: 1,
    onFailure: 'dead',
  });

  await putRecords('a');
  await expect.poll(pending).toBe(0);

  const [message] = await receiveDead();
  const [record] = functions.batches.flat() as unknown as readonly { kinesis: { sequenceNumber: string } }[];
  const sequenceNumber = record?.kinesis.sequenceNumber;
  expect(JSON.parse(message?.Body ?? '')).toEqual({
    requestContext: {
      requestId: expect.any(String),
      functionArn: arn('lambda', 'function:target'),
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 2,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: expect.any(String),
    KinesisBatchInfo: {
      shardId: expect.stringMatching(/^shardId-/),
      startSequenceNumber: sequenceNumber,
      endSequenceNumber: sequenceNumber,
      approximateArrivalOfFirstRecord: expect.any(String),
      approximateArrivalOfLastRecord: expect.any(String),
      batchSize: 1,
      streamArn: sourceArn,
    },
  });
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('target gave up 1 record(s)'));
});

/** The on-failure message, as the redrive reads it. */
const positionIn = async (
  receive: () => Promise<readonly { Body?: string | undefined }[]>,
): Promise<RecordsToRedrive> => {
  const [message] = await receive();
  return toRedriveIn(message?.Body ?? '') as RecordsToRedrive;
};

test('keeps a table’s changes, so that what was given up is read back by the position in the message, over a restart and for a day', async () => {
  const functions = fakeFunctions((batch) => {
    if (sent([batch]).some((key) => key.startsWith('poison'))) throw new Error('poison');
  });
  const { put, receiveDead, pending } = await start(functions, 'table', { MaximumRetryAttempts: 0, onFailure: 'dead' });
  await put('a', 1);
  await expect.poll(pending).toBe(0);
  await put('poison', 1);
  await expect.poll(pending).toBe(0);
  const position = await positionIn(receiveDead);

  const readBack = async (range: RecordsToRedrive) => {
    const client = new DynamoDBStreamsClient(clientSettings(services.dynamodb.endpoint));
    return await changeStreamReadBack(client)(range).finally(() => client.destroy());
  };
  const found = { isWhole: true, records: [{ isInsert: true, stream: 'poison', sequenceNumber: position.first }] };
  expect(await readBack(position)).toEqual(found);
  expect(await readBack({ ...position, first: '1' })).toEqual({ isWhole: false, records: [] });
  const keptOn = (now: number) => {
    const log = new ChangeLog(join(folder, 'changes.sqlite'), now);
    onTestFinished(() => log.close());
    return log.from(tableOfStream(position.streamArn), 0n, 10);
  };
  expect(keptOn(Date.now())).toHaveLength(2);
  expect(keptOn(Date.now() + 86_400_000)).toEqual([]);
});

test('records of a stream that were given up can be read back by the position in the message', async () => {
  const functions = fakeFunctions(() => {
    throw new Error('poison');
  });
  const { putRecords, receiveDead, pending } = await start(functions, 'stream', {
    MaximumRetryAttempts: 0,
    onFailure: 'dead',
  });
  await putRecords('a', 'a', 'a');
  await expect.poll(pending).toBe(0);
  const position = await positionIn(receiveDead);

  const client = new KinesisClient(clientSettings(services.kinesis.endpoint));
  onTestFinished(() => client.destroy());
  const { records, isWhole } = await kinesisReadBack(client)(position);
  expect(records.map(({ text }) => text)).toEqual(['a0', 'a1', 'a2']);
  expect(isWhole).toBe(true);
  expect(await kinesisReadBack(client)({ ...position, shardId: 'shardId-000000000099' })).toEqual({
    records: [],
    isWhole: false,
  });
});

test('deletes the messages that are done, and lets the failed ones come again until they are dead letters', async () => {
  const functions = fakeFunctions((batch) =>
    failuresOf(...batch.filter(({ body }) => body === 'poison').map(({ messageId }) => messageId)),
  );
  const { send, receiveDead, pending, sourceArn } = await start(functions, 'queue');

  await send('one', 'poison', 'two');

  const dead: (string | undefined)[] = [];
  await expect.poll(async () => dead.push(...(await receiveDead()).map(({ Body }) => Body))).toBe(1);
  expect(dead).toEqual(['poison']);
  expect(sent(functions.batches).toSorted()).toEqual(['one', 'poison', 'poison', 'two']);
  expect(pending()).toBe(0);
  expect(functions.batches[0]?.[0]).toMatchObject({
    eventSource: 'aws:sqs',
    eventSourceARN: sourceArn,
    attributes: { ApproximateReceiveCount: '1' },
    messageAttributes: {},
  });
});

test('deletes nothing when the function fails', async () => {
  let invocations = 0;
  const functions = fakeFunctions(() => {
    invocations += 1;
    if (invocations === 1) throw new Error('not yet');
  });
  const { send } = await start(functions, 'queue', { FunctionResponseTypes: [] });

  await send('one');

  await expect.poll(() => sent(functions.batches)).toEqual(['one', 'one']);
});

test('collects messages into larger batches while the window is open', async () => {
  const functions = fakeFunctions();
  const { send } = await start(functions, 'queue', {
    BatchSize: 15,
    MaximumBatchingWindowInSeconds: 1,
    ScalingConfig: { MaximumConcurrency: 2 },
  });

  await send(...Array.from({ length: 10 }, (_, index) => `a${index}`));
  await send(...Array.from({ length: 10 }, (_, index) => `b${index}`));

  await expect.poll(() => sent(functions.batches).length).toBe(20);
  expect(functions.batches.length).toBeLessThanOrEqual(3);
  expect(functions.batches.some((batch) => batch.length >= 10)).toBe(true);
});

test('runs no more invocations at once than the scaling allows', async () => {
  const functions = fakeFunctions(() => new Promise((resolve) => setTimeout(resolve, 50)));
  const { send } = await start(functions, 'queue', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 3 } });

  await send(...Array.from({ length: 9 }, (_, index) => `a${index}`));

  await expect.poll(() => functions.batches.length).toBe(9);
  expect(functions.mostAtOnce).toBe(3);
});

test('stops also when an invocation does not end', async () => {
  const functions = fakeFunctions(() => new Promise(() => {}));
  const { put, mappings } = await start(functions, 'table');
  await put('a', 1);
  await expect.poll(() => functions.batches.length).toBe(1);

  await Promise.all(mappings.map((each) => each.stop()));
});

test('refuses a source that is not known here', async () => {
  const resource = mapping({ FunctionName: 'target', EventSourceArn: arn('kafka', 'cluster/a') });

  await expect(startMappings([resource], fakeFunctions(), services, () => {})).rejects.toThrow(
    'test/mapping: an event source must be DynamoDB, Kinesis or SQS, not kafka',
  );
});
