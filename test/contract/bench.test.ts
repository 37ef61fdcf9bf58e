// The benchmarks' own parts against a table, small and without Java: what they count, and that they still run.
import { QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contestantsOf, floorContestant } from '../../bench/commands/contestants.ts';
import { reservations } from '../../bench/commands/reservations.ts';
import { timeRounds } from '../../bench/commands/rounds.ts';
import { onOneAccount } from '../../bench/contention/on-one-account.ts';
import { onOneProduct } from '../../bench/contention/on-one-product.ts';
import { race } from '../../bench/contention/race.ts';
import { clientOf } from '../../bench/dynamodb/client.ts';
import { meter } from '../../bench/dynamodb/meter.ts';
import { barePut, bareQueryAndPut, createFloorTable } from '../../bench/systems/floors.ts';
import { commandOf } from '../../bench/systems/ledger.ts';
import { ours } from '../../bench/systems/ours.ts';
import { startDynalite } from './support/dynalite.ts';
import { createEventTable } from './support/tables.ts';

let endpoint: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ endpoint, stop } = await startDynalite());
  const client = clientOf(endpoint);
  await createEventTable(client, 'metered');
  await createFloorTable(client);
  await ours.createTable(client);
  await onOneProduct.createTable(client);
});
afterAll(() => stop());

const put = (version: number, bytes: number, ConditionExpression?: string) => ({
  TableName: 'metered',
  Item: { stream: { S: 'a' }, version: { N: String(version) }, text: { S: 'x'.repeat(bytes) } },
  ...(ConditionExpression && { ConditionExpression }),
});

const ofStream = {
  TableName: 'metered',
  KeyConditionExpression: '#stream = :stream',
  ExpressionAttributeNames: { '#stream': 'stream' },
  ExpressionAttributeValues: { ':stream': { S: 'a' } },
  ConsistentRead: true,
};

it('meters writes by the larger item, one whose condition failed too, and reads by their sum', async () => {
  const client = clientOf(endpoint);
  const costs = meter(client, clientOf(endpoint), ['stream', 'version']);
  await client.putItem(put(1, 1500));
  expect(costs.take()).toEqual({ requests: 1, writeUnits: 2, readUnits: 0 });
  await client.putItem(put(1, 10));
  expect(costs.take()).toMatchObject({ writeUnits: 2 });
  await client.putItem(put(2, 3000));
  await expect(client.putItem(put(2, 10, 'attribute_not_exists(version)'))).rejects.toThrow('condition');
  expect(costs.take()).toEqual({ requests: 2, writeUnits: 6, readUnits: 0 });
  await client.putItem(put(3, 3000));
  costs.take();
  await client.query(ofStream);
  expect(costs.take()).toEqual({ requests: 1, writeUnits: 0, readUnits: 2 });
});

it('meters an update by what the item has become, and a get by half where it need not be consistent', async () => {
  const client = clientOf(endpoint);
  const costs = meter(client, clientOf(endpoint), ['stream', 'version']);
  const place = { TableName: 'metered', Key: { stream: { S: 'b' }, version: { N: '1' } } };
  await client.updateItem({
    ...place,
    UpdateExpression: 'SET #text = :text',
    ExpressionAttributeNames: { '#text': 'text' },
    ExpressionAttributeValues: { ':text': { S: 'x'.repeat(2100) } },
  });
  expect(costs.take()).toEqual({ requests: 1, writeUnits: 3, readUnits: 0 });
  await client.getItem(place);
  expect(costs.take()).toEqual({ requests: 1, writeUnits: 0, readUnits: 0.5 });
});

it('gives no price to what it cannot price', async () => {
  const client = clientOf(endpoint);
  meter(client, clientOf(endpoint), ['stream', 'version']);
  await expect(client.send(new ScanCommand({ TableName: 'metered' }))).rejects.toThrow('ScanCommand has no price');
  const projected = { ...ofStream, ProjectionExpression: 'version' };
  await expect(client.send(new QueryCommand(projected))).rejects.toThrow('has no price');
});

it('finds all the postings of a race in the account', async () => {
  const { succeeded, requestsACommit } = await race(endpoint, onOneAccount(ours), {
    thing: 'race',
    writers: 3,
    commands: 12,
  });
  expect(succeeded).toBe(12);
  expect(requestsACommit).toBeGreaterThanOrEqual(1);
});

it('finds all the orders of a race for one product in its stock streams', async () => {
  const { succeeded } = await race(endpoint, onOneProduct, { thing: 'ANVIL', writers: 4, commands: 40 });
  expect(succeeded).toBe(40);
});

it('stops a race whose account does not hold what succeeded', async () => {
  await ours.start(clientOf(endpoint)).execute('begun', commandOf(100, 1));
  await expect(race(endpoint, onOneAccount(ours), { thing: 'begun', writers: 2, commands: 4 })).rejects.toThrow(
    '4 commands succeeded, the table holds 5',
  );
});

it('times every contestant in every round, and costs commands on streams as long as they were asked for', async () => {
  const competitors = contestantsOf(ours, endpoint);
  const floors = [barePut, bareQueryAndPut].map((floor) => floorContestant(floor, endpoint));
  const shape = { events: 3, stream: 4 };
  const times = await timeRounds([...floors, ...competitors], shape, 2, 3);
  expect([...times.values()].map(({ length }) => length)).toEqual(Array(times.size).fill(2));
  const [cold, warm] = competitors;
  expect(await cold?.cost(shape, 2)).toEqual({ requests: 4, writeUnits: 2, readUnits: 2 });
  expect(await warm?.cost(shape, 2)).toEqual({ requests: 2, writeUnits: 2, readUnits: 0 });
});

it('costs a reservation of a product with some open already, in the streams that have room', async () => {
  const [cold, warm] = await reservations(endpoint, 30);
  expect(await warm?.cost({ events: 1, stream: 30 }, 4)).toEqual({ requests: 4, writeUnits: 4, readUnits: 0 });
  expect(await cold?.cost({ events: 1, stream: 30 }, 4)).toMatchObject({ writeUnits: 4 });
});
