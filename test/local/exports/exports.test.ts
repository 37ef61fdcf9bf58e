// The files of DynamoDB's exports, written and read, and what a host takes for its event table.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, expect, it } from 'vitest';
import { readItems, writeItems } from '../../../local/exports/data-files.ts';
import { importEvents } from '../../../local/exports/import-table.ts';
import { openDynalite } from '../../../local/services/dynamodb/dynalite-server.ts';
import { type Answer, ownRequest, type WireItem } from '../../../local/services/dynamodb/wire.ts';
import { temporaryFolder } from '../services/temporary-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

const commit = (version: number): WireItem => ({
  stream: { S: 'loan-1' },
  version: { N: String(version) },
  events: { L: [{ M: { text: { S: `Grüße 🚀 "${version}"\n\r\u2028\u2029\u0085` }, state: { B: 'AAEC' } } }] },
});
const commits = Array.from({ length: 60 }, (_, at) => commit(at + 1));

async function* all<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

async function emptyTable(): Promise<Answer> {
  const { answer } = openDynalite(join(folder, 'tables'));
  const created = await answer(
    ownRequest('CreateTable', {
      TableName: 'events',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'stream', AttributeType: 'S' },
        { AttributeName: 'version', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'stream', KeyType: 'HASH' },
        { AttributeName: 'version', KeyType: 'RANGE' },
      ],
    }),
  );
  expect(created.status).toBe(200);
  await expect
    .poll(
      async () =>
        JSON.parse((await answer(ownRequest('DescribeTable', { TableName: 'events' }))).body).Table.TableStatus,
    )
    .toBe('ACTIVE');
  return answer;
}

const itemsOf = async (answer: Answer) =>
  JSON.parse((await answer(ownRequest('Scan', { TableName: 'events' }))).body).Items as readonly WireItem[];

/** As AWS lays it out. */
async function awsExport(itemCount: number): Promise<string> {
  const target = join(folder, 'prefix', 'AWSDynamoDB', '01693685827463-2d8752fd');
  await mkdir(join(target, 'data'), { recursive: true });
  await writeFile(join(target, 'manifest-files.json'), '{"itemCount":1,"dataFileS3Key":"x"}\n');
  await writeFile(join(target, 'manifest-summary.json'), JSON.stringify({ version: '2020-06-30', itemCount }));
  const lines = (part: readonly WireItem[]) => gzipSync(part.map((Item) => `${JSON.stringify({ Item })}\n`).join(''));
  await writeFile(join(target, 'data', 'a1.json.gz'), lines(commits.slice(0, 30)));
  await writeFile(join(target, 'data', 'b2.json.gz'), lines(commits.slice(30)));
  // Of a partition that is empty.
  await writeFile(join(target, 'data', 'c3.json.gz'), lines([]));
  return join(folder, 'prefix');
}

it('writes a line of DynamoDB’s JSON for each item, and reads it back', async () => {
  const file = join(folder, 'events.json.gz');
  expect(await writeItems(file, all(commits))).toBe(commits.length);
  const [first] = gunzipSync(await readFile(file))
    .toString()
    .split('\n');
  expect(JSON.parse(first ?? '')).toEqual({ Item: commit(1) });
  expect(await Array.fromAsync(readItems(file))).toEqual(commits);
});

it('imports what AWS exported, whole', async () => {
  const dynamodb = await emptyTable();
  expect(await importEvents(dynamodb, 'events', await awsExport(commits.length))).toBe(commits.length);
  expect(await itemsOf(dynamodb)).toEqual(commits);
});

it.each([
  ['an export that is not whole', async () => awsExport(commits.length + 1), 'tells of 61 items, and it holds 60'],
  ['a folder without data', async () => folder, 'there are none'],
  ['what is not there', async () => join(folder, 'none'), 'no such file'],
  [
    'a file of something else',
    async () => {
      await writeFile(join(folder, 'x.json'), '{"stream":"loan-1"}\n');
      return join(folder, 'x.json');
    },
    'x.json:1 is none',
  ],
])('refuses %s', async (_, path, message) => {
  const dynamodb = await emptyTable();
  await expect(importEvents(dynamodb, 'events', await path())).rejects.toThrow(message);
});

it('refuses a table that holds events', async () => {
  const dynamodb = await emptyTable();
  await dynamodb(ownRequest('PutItem', { TableName: 'events', Item: commit(1) }));
  await expect(importEvents(dynamodb, 'events', await awsExport(commits.length))).rejects.toThrow('start with --fresh');
});
