import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import type { ChangeRecord, Resource } from '../../../local/ports.ts';
import { clientSettings } from '../../../local/services/client-settings.ts';
import { type DynamoDb, startDynamoDb } from '../../../local/services/dynamodb/start.ts';
import { plainTable, streamArn, streamedTable } from './resources.ts';
import { temporaryFolder } from './temporary-folder.ts';

interface Running {
  readonly dynamodb: DynamoDb;
  readonly client: DynamoDBClient;
  readonly records: ChangeRecord[];
  stop(): Promise<void>;
}

async function start(folder: string, resources: readonly Resource[] = [streamedTable('events')]): Promise<Running> {
  const dynamodb = await startDynamoDb(folder);
  const client = new DynamoDBClient(clientSettings(dynamodb.endpoint));
  const records: ChangeRecord[] = [];
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    client.destroy();
    stopped ??= dynamodb.stop();
    return stopped;
  };
  onTestFinished(stop);
  dynamodb.changes.read(streamArn('events'), (record) => records.push(record));
  await dynamodb.createTables(resources);
  dynamodb.changes.flow();
  return { dynamodb, client, records, stop };
}

const put = (stream: string, version: number, more: object = {}): PutItemCommand =>
  new PutItemCommand({
    TableName: 'events',
    Item: { stream: { S: stream }, version: { N: String(version) } },
    ...more,
  });

const keys = (records: readonly ChangeRecord[]): unknown[] =>
  records.map(({ dynamodb: { Keys } }) =>
    [(Keys['stream'] as { S: string }).S, (Keys['version'] as { N: string }).N].join('@'),
  );

test('turns a put on a streamed table into the record that Lambda delivers', async () => {
  const { client, records } = await start(temporaryFolder());
  const item = { stream: { S: 'a' }, version: { N: '1' }, data: { B: Buffer.from('bytes') } };

  await client.send(new PutItemCommand({ TableName: 'events', Item: item }));

  await expect.poll(() => records).toHaveLength(1);
  expect(records[0]).toMatchObject({
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    eventSourceARN: streamArn('events'),
    dynamodb: {
      Keys: { stream: { S: 'a' }, version: { N: '1' } },
      NewImage: { stream: { S: 'a' }, version: { N: '1' }, data: { B: Buffer.from('bytes').toString('base64') } },
      SequenceNumber: expect.stringMatching(/^\d{21}/),
    },
  });
});

test('says MODIFY of a put that replaces an item, and shows what it replaced in the record, and in its answer only to who asks', async () => {
  const { client, records } = await start(temporaryFolder());
  await client.send(put('a', 1));

  const silent = await client.send(put('a', 1));
  const asking = await client.send(put('a', 1, { ReturnValues: 'ALL_OLD' }));

  await expect.poll(() => records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'MODIFY']);
  expect(records.map(({ dynamodb: { OldImage } }) => OldImage)).toEqual([
    undefined,
    asking.Attributes,
    asking.Attributes,
  ]);
  expect(silent.Attributes).toBeUndefined();
  expect(asking.Attributes).toEqual({ stream: { S: 'a' }, version: { N: '1' } });
});

test('records nothing of a put whose condition failed', async () => {
  const { client, records } = await start(temporaryFolder());
  await client.send(put('a', 1));
  const guarded = put('a', 1, { ConditionExpression: 'attribute_not_exists(version)' });

  await expect(client.send(guarded)).rejects.toThrow(ConditionalCheckFailedException);
  await client.send(put('b', 1));

  await expect.poll(() => keys(records)).toEqual(['a@1', 'b@1']);
});

test('tells the consumed capacity', async () => {
  const { client } = await start(temporaryFolder());

  const { ConsumedCapacity } = await client.send(put('a', 1, { ReturnConsumedCapacity: 'TOTAL' }));

  expect(ConsumedCapacity?.CapacityUnits).toBe(1);
});

test('records the puts of a partition key in the order of the commits, with growing sequence numbers', async () => {
  const { client, records } = await start(temporaryFolder());
  const streams = ['a', 'b', 'c', 'd'];

  await Promise.all(
    streams.map(async (stream) => {
      for (let version = 1; version <= 25; version += 1) await client.send(put(stream, version));
    }),
  );

  await expect.poll(() => records).toHaveLength(100);
  for (const stream of streams)
    expect(keys(records).filter((key) => String(key).startsWith(stream))).toEqual(
      Array.from({ length: 25 }, (_, index) => `${stream}@${index + 1}`),
    );
  const sequenceNumbers = records.map(({ dynamodb }) => BigInt(dynamodb.SequenceNumber));
  expect(sequenceNumbers.every((number, index) => index === 0 || number > (sequenceNumbers[index - 1] ?? 0n))).toBe(
    true,
  );
});

const item = { stream: { S: 'a' }, version: { N: '1' } };
const otherWrites: readonly [string, (client: DynamoDBClient) => Promise<unknown>][] = [
  ['UpdateItem', (client) => client.send(new UpdateItemCommand({ TableName: 'events', Key: item }))],
  [
    'BatchWriteItem',
    (client) => client.send(new BatchWriteItemCommand({ RequestItems: { events: [{ PutRequest: { Item: item } }] } })),
  ],
  [
    'TransactWriteItems',
    (client) =>
      client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: 'events', Item: item } }] })),
  ],
];

test.each(otherWrites)('refuses %s on a streamed table, as it would not be recorded', async (operation, write) => {
  const { client } = await start(temporaryFolder());

  await expect(write(client)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(`${operation} on events`),
  });
});

test('takes any write on a table without a change stream, and answers by its index', async () => {
  const { client } = await start(temporaryFolder(), [plainTable('rows')]);
  await client.send(
    new UpdateItemCommand({
      TableName: 'rows',
      Key: { stream: { S: 'a' } },
      UpdateExpression: 'SET #owner = :owner',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: { ':owner': { S: 'me' } },
    }),
  );

  const { Items } = await client.send(
    new QueryCommand({
      TableName: 'rows',
      IndexName: 'by-owner',
      KeyConditionExpression: '#owner = :owner',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: { ':owner': { S: 'me' } },
    }),
  );

  expect(Items).toEqual([{ stream: { S: 'a' }, owner: { S: 'me' } }]);
});

test('keeps tables over a restart, and refuses one whose key is another now', async () => {
  const folder = temporaryFolder();
  const first = await start(folder, [plainTable('rows')]);
  await first.client.send(new PutItemCommand({ TableName: 'rows', Item: { stream: { S: 'a' } } }));
  await first.stop();

  const second = await start(folder, [plainTable('rows')]);
  const { Item } = await second.client.send(new GetItemCommand({ TableName: 'rows', Key: { stream: { S: 'a' } } }));
  expect(Item).toEqual({ stream: { S: 'a' } });

  await expect(second.dynamodb.createTables([plainTable('rows', 'id')])).rejects.toThrow(
    /rows has stream, by-owner\(owner\).* and should have id, by-owner\(owner\)/,
  );
});

test('sends records again after a restart until a checkpoint finds the host idle', async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  await first.client.send(put('a', 1));
  await first.client.send(put('a', 2));
  await first.dynamodb.checkpoint(async () => false);
  await first.stop();

  const second = await start(folder);
  expect(keys(second.records)).toEqual(['a@1', 'a@2']);
  await second.dynamodb.checkpoint(async () => {
    await second.client.send(put('b', 1));
    return true;
  });
  await second.stop();

  const third = await start(folder);
  expect(keys(third.records)).toEqual(['b@1']);
});

test('refuses a folder that another host holds', async () => {
  const folder = temporaryFolder();
  await start(folder);

  await expect(startDynamoDb(folder)).rejects.toThrow(join(folder, 'tables'));
});

test('sends the records of a host that was killed before anyone had them', async () => {
  const folder = temporaryFolder();
  const host = spawn(process.execPath, [join(import.meta.dirname, 'killed-host.ts'), folder], { stdio: 'inherit' });
  const [, signal] = await once(host, 'exit');
  expect(signal).toBe('SIGKILL');

  const { records } = await start(folder);

  expect(keys(records)).toEqual(['a@1', 'a@2']);
});
