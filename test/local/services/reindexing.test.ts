// A kept table under a template with other indexes: its rows stay, whenever the host was killed on the way.
import { type DynamoDBClient, ListTablesCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Resource } from '../../../local/ports.ts';
import { createTables } from '../../../local/services/dynamodb/tables.ts';
import { startDynalite } from '../../contract/support/dynalite.ts';
import { testClient } from '../../contract/support/tables.ts';
import { plainTable } from './resources.ts';

const ROWS = 60;

/** The same table with an index on `place` in the place of that on `owner`. */
const byPlace = (name: string): Resource => {
  const { properties, ...resource } = plainTable(name);
  return { ...resource, properties: JSON.parse(JSON.stringify(properties).replaceAll('owner', 'place')) };
};

let endpoint: string;
beforeAll(async () => {
  const server = await startDynalite();
  endpoint = server.endpoint;
  return server.stop;
});

async function kept(name: string): Promise<DynamoDBClient> {
  const client = testClient(endpoint);
  await createTables(client, [plainTable(name)]);
  for (let at = 0; at < ROWS; at += 1) {
    const Item = { stream: { S: `loan-${at}` }, owner: { S: 'me' }, place: { S: 'shelf' }, text: { S: '😀 ü' } };
    await client.send(new PutItemCommand({ TableName: name, Item }));
  }
  return client;
}

async function onTheShelf(client: DynamoDBClient, TableName: string): Promise<number> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      ...{ TableName, IndexName: 'by-place', KeyConditionExpression: 'place = :place' },
      ExpressionAttributeValues: { ':place': { S: 'shelf' } },
    }),
  );
  expect(Items.every((item) => item['text']?.S === '😀 ü')).toBe(true);
  return Items.length;
}

describe('a kept table whose indexes changed', () => {
  test('has the new ones, with all its rows', async () => {
    const client = await kept('changed');
    await createTables(client, [byPlace('changed')]);
    expect(await onTheShelf(client, 'changed')).toBe(ROWS);
  });

  test('has all its rows after a kill before any of its calls', async () => {
    for (let calls = 0; ; calls += 1) {
      const name = `killed-${calls}`;
      const client = await kept(name);
      const killed = await dieAfter(client, calls, () => createTables(client, [byPlace(name)]));
      const next = testClient(endpoint);
      await createTables(next, [byPlace(name)]);
      expect(await onTheShelf(next, name)).toBe(ROWS);
      const { TableNames = [] } = await next.send(new ListTablesCommand({}));
      expect(TableNames.filter((each) => each.startsWith(name))).toEqual([name]);
      if (!killed) return;
    }
  });

  test('is refused where its key changed: rows of another key are made by a rebuild', async () => {
    const client = await kept('keyed');
    await expect(createTables(client, [plainTable('keyed', 'place')])).rejects.toThrow(/--fresh/);
    await createTables(client, [plainTable('keyed')]);
  });
});

/** @returns whether it died */
async function dieAfter(client: DynamoDBClient, calls: number, task: () => Promise<unknown>): Promise<boolean> {
  const death = Promise.withResolvers<true>();
  let made = 0;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== 'DescribeTableCommand' && made++ >= calls) {
          death.resolve(true);
          return new Promise(() => {});
        }
        return next(args);
      },
    { step: 'initialize' },
  );
  return Promise.race([death.promise, task().then(() => false)]);
}
