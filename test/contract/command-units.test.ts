// What keyed commands cost on streams of any length, all within the keys' time: requests, and units by AWS's rules.
import {
  PutItemCommand,
  type PutItemCommandOutput,
  type QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { commitToItem, type Item, itemToCommit } from '../../lambdas/spine/aws/dynamodb/commit-item.ts';
import { dynamoDbEventStore } from '../../lambdas/spine/aws/dynamodb/event-store.ts';
import { commitBytes } from '../../lambdas/spine/kernel/execution/commit-size.ts';
import { type ExecutionPorts, executeCommand } from '../../lambdas/spine/kernel/execution/execute-command.ts';
import { keptStreams } from '../../lambdas/spine/kernel/execution/kept-streams.ts';
import { loadStream } from '../../lambdas/spine/kernel/execution/stream-state.ts';
import { idempotencyMark } from '../../lambdas/spine/kernel/keys/idempotency.ts';
import { productDecider } from '../support/stocked-product.ts';
import { itemBytes, readUnits, writeUnits } from './support/item-size.ts';

const stream = 'product-01K9XJ6T5N3V8Q2R7W4Y000001';

const MOST_BYTES_OF_A_PAGE = 1024 * 1024;

/** One stream's items, of one event each, behind the client's `send`: with what each request costs, and none of an emulator's own rounding. */
function countingTable() {
  const items: Item[] = [];
  const cost = { requests: 0, writeUnits: 0, readUnits: 0 };
  const send = async (
    command: PutItemCommand | QueryCommand,
  ): Promise<Partial<PutItemCommandOutput & QueryCommandOutput>> => {
    cost.requests += 1;
    if (command instanceof PutItemCommand) {
      const { Item: item = {} } = command.input;
      cost.writeUnits += writeUnits(item);
      items.push(item);
      return {};
    }
    const { ExpressionAttributeValues: values = {}, ConsistentRead, Limit = 1e9, ExclusiveStartKey } = command.input;
    const upTo = Number(values[':version']?.N ?? 1e9);
    const after = Number(values[':after']?.N ?? 0);
    const end = Math.min(upTo, Number(ExclusiveStartKey?.['version']?.N ?? 1e9) - 1, items.length);
    const found: Item[] = [];
    for (let at = end - 1, bytes = 0; at >= after && found.length < Limit && bytes < MOST_BYTES_OF_A_PAGE; at -= 1) {
      found.push(items[at] as Item);
      bytes += itemBytes(items[at] as Item);
    }
    cost.readUnits += readUnits(found, ConsistentRead ?? false);
    const last = found.length < end - after && found.at(-1);
    return { Items: found, ...(last && { LastEvaluatedKey: last }) };
  };
  return { items, cost, store: dynamoDbEventStore({ send } as never, 'events') };
}

let commands = 0;

async function receive(ports: ExecutionPorts): Promise<void> {
  const id = `01K9XJ6T5N3V8Q2R7W4Y${String(commands++).padStart(6, '0')}`;
  const outcome = await executeCommand(ports, productDecider, {
    ...{ stream, id, command: { type: 'ReceiveStock', sku: 'ANVIL', quantity: 1 } },
    idempotency: idempotencyMark(`key-${id}`, id),
    provenance: {
      ...{ time: new Date(Date.UTC(2026, 0, 1) + commands * 1_000).toISOString(), causationId: id },
      ...{ correlationId: '0199f0a0-7c1e-7b5a-9a55-1f2d3c4b5a69', actor: '0199f0a0-7c1e-7b5a-9a55-1f2d3c4b5a70' },
    },
  });
  if (outcome.kind !== 'done') throw new Error(outcome.kind);
}

async function streamOf(length: number) {
  const table = countingTable();
  const ports = { store: table.store, wait: async () => {}, random: () => 0 };
  const warm = { ...ports, kept: keptStreams() };
  const list = {
    type: 'ListProduct',
    sku: 'ANVIL',
    name: 'Anvil, drop-forged',
    unitPrice: 4999,
    currency: 'EUR',
  } as const;
  await executeCommand(warm, productDecider, {
    ...{ stream, id: 'list', command: list },
    provenance: { time: '2026-01-01T00:00:00.000Z', correlationId: 'c', causationId: 'c' },
  });
  for (let count = 1; count < length; count += 1) await receive(warm);
  const spend = async (times: number, task: () => Promise<void>) => {
    Object.assign(table.cost, { requests: 0, writeUnits: 0, readUnits: 0 });
    for (let count = 0; count < times; count += 1) await task();
    const { requests, writeUnits, readUnits } = table.cost;
    return { requests: requests / times, writeUnits: writeUnits / times, readUnits: readUnits / times };
  };
  return { table, ports, warm, spend };
}

it('weighs a commit as AWS does', async () => {
  const { table } = await streamOf(40);
  for (const item of table.items) expect(commitBytes(itemToCommit(item))).toBe(itemBytes(item));
  for (const item of table.items) expect(commitToItem(itemToCommit(item))).toEqual(item);
});

/** What a command with a key costs cold, and how far the filter of keys helps: one that suspects nothing leaves two requests. */
it.each([
  { length: 10, coldRequests: 2.25, coldReadUnits: 1.15 },
  { length: 100, coldRequests: 2.3, coldReadUnits: 1.2 },
  { length: 1_000, coldRequests: 4, coldReadUnits: 2 },
  { length: 10_000, coldRequests: 9, coldReadUnits: 10 },
])('costs one write unit and one request warm on a stream of $length commits', { timeout: 120_000 }, async (bars) => {
  const { length, coldRequests, coldReadUnits } = bars;
  const { ports, warm, spend } = await streamOf(length);
  const cold = await spend(100, () => receive(ports));
  await receive(warm);
  const kept = await spend(500, () => receive(warm));
  if (process.env['FIGURES'] !== undefined) process.stdout.write(`${JSON.stringify({ length, kept, cold })}\n`);
  expect(kept.requests).toBeLessThanOrEqual(1.01);
  expect(kept.readUnits).toBeLessThanOrEqual(0.01);
  expect(kept.writeUnits).toBeLessThanOrEqual(1.05);
  expect(cold.requests).toBeLessThanOrEqual(coldRequests);
  expect(cold.readUnits).toBeLessThanOrEqual(coldReadUnits);
});

it('loads a stream of 20,000 commits in 20 requests after its fold changed, and then in one', {
  timeout: 120_000,
}, async () => {
  const { table, ports, spend } = await streamOf(20_000);
  const raised = { ...productDecider, generation: productDecider.generation + 1 };
  const load = async () => void (await loadStream(table.store, raised, stream));
  expect((await spend(1, load)).requests).toBeLessThanOrEqual(20);
  const command = { type: 'ChangePrice', sku: 'ANVIL', unitPrice: 1 } as const;
  await executeCommand(ports, raised, {
    ...{ stream, id: 'raised', command },
    provenance: { time: '2026-01-02T00:00:00.000Z', correlationId: 'c', causationId: 'c' },
  });
  expect(await spend(1, load)).toMatchObject({ requests: 1, readUnits: 1 });
});
