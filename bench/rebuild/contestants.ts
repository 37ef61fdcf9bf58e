// What is measured: a scan of the event table that does nothing else, and rebuilds of order-detail over it.
import { DeleteTableCommand, type DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import pMap from 'p-map';
import { orderDetail } from '../../lambdas/shop/orders/order-detail.ts';
import { dynamoDbEventScan } from '../../lambdas/spine/aws/dynamodb/event-scan.ts';
import { dynamoDbEventStore } from '../../lambdas/spine/aws/dynamodb/event-store.ts';
import { meter } from '../../lambdas/spine/aws/dynamodb/metered-client.ts';
import { rowItem } from '../../lambdas/spine/aws/dynamodb/read-table.ts';
import { dynamoDbSweptTable } from '../../lambdas/spine/aws/dynamodb/swept-table.ts';
import type { Row } from '../../lambdas/spine/kernel/projections/projection.ts';
import { newSegments, type RebuildJob, sweptOf } from '../../lambdas/spine/kernel/sweep/rebuild-job.ts';
import { sweepSegment } from '../../lambdas/spine/ops/rebuilds/sweep-segment.ts';
import { inMemoryRebuildJobs } from '../../lambdas/spine/testing/memory/rebuild-jobs.ts';
import { createReadTable } from '../../test/contract/support/create-read-table.ts';
import { clientOf } from '../dynamodb/client.ts';

export const LOG = 'events';
export const ROWS = 'order-detail';
const SEGMENTS = 4;
const UNHURRIED = { pace: { read: 1e9, write: 1e9 }, hasTime: () => true };

export interface Contestant {
  readonly name: string;
  /** Whether it writes every row; one that a page's end cuts is written twice. */
  readonly writes: boolean;
  /** What is not timed. */
  prepare(client: DynamoDBClient): Promise<void>;
  /** @returns rows written */
  run(endpoint: string): Promise<number>;
}

const nothing = async () => {};

const inSegments = (work: (segment: number) => Promise<void>) =>
  Promise.all(Array.from({ length: SEGMENTS }, (_, segment) => work(segment)));

/** Every commit, parsed by the SDK and dropped. */
export const bareScan: Contestant = {
  name: 'bare parallel scan',
  writes: false,
  prepare: nothing,
  async run(endpoint) {
    const client = clientOf(endpoint);
    await inSegments(async (Segment) => {
      let from: Record<string, never> | undefined;
      do {
        const page = await client.send(
          new ScanCommand({
            ...{ TableName: LOG, ConsistentRead: true, Segment, TotalSegments: SEGMENTS },
            ...(from && { ExclusiveStartKey: from }),
          }),
        );
        from = page.LastEvaluatedKey as typeof from;
      } while (from);
    });
    client.destroy();
    return 0;
  },
};

export async function emptyTable(client: DynamoDBClient): Promise<void> {
  await client.send(new DeleteTableCommand({ TableName: ROWS })).catch(() => undefined);
  await createReadTable(client, ROWS, orderDetail.indexes);
}

const job: RebuildJob = {
  ...{ id: 'rebuild', readModel: ROWS, state: 'running', startedAt: '2026-01-01T00:00:00.000Z' },
  estimate: { streams: 0, events: 0, readUnits: 0, writeUnits: 0, dollars: 0, seconds: 0 },
  segments: newSegments(SEGMENTS),
};

async function rebuild(endpoint: string): Promise<number> {
  const [client, jobs] = [clientOf(endpoint), inMemoryRebuildJobs()];
  const spent = meter(client);
  const ports = {
    ...{ spent, jobs, scan: dynamoDbEventScan(client, LOG), store: dynamoDbEventStore(client, LOG) },
    table: dynamoDbSweptTable(client, ROWS, orderDetail),
  };
  await jobs.begin(job);
  await inSegments(async (segment) => {
    const { kind } = await sweepSegment(ports, orderDetail, job, segment, UNHURRIED);
    if (kind !== 'done') throw new Error(`A segment ended as ${kind}`);
  });
  client.destroy();
  return sweptOf((await jobs.load(job.id)) ?? job).written;
}

export const fillingRebuild: Contestant = {
  name: 'rebuild that writes every row',
  writes: true,
  prepare: emptyTable,
  run: rebuild,
};

export const idleRebuild: Contestant = {
  name: 'rebuild of rows that stand',
  writes: false,
  prepare: nothing,
  run: rebuild,
};

/** As many rows as orders, each by an unconditional write, as many at once. */
export const bareWrites = (orders: number): Contestant => ({
  name: 'as many writes alone',
  writes: true,
  prepare: emptyTable,
  async run(endpoint) {
    const client = clientOf(endpoint);
    const part = { orderId: 'x', lines: [{ sku: 'SKU-1', name: 'Walnut desk', quantity: 2, unitPrice: 12_500 }] };
    await pMap(
      Array.from(
        { length: orders },
        (_, at): Row<unknown> => ({ stream: `row-${at}`, version: 4, generation: 1, part }),
      ),
      (row) => client.send(new PutItemCommand({ TableName: ROWS, Item: rowItem((stream) => stream, row, {}) })),
      { concurrency: 64, stopOnError: true },
    );
    client.destroy();
    return orders;
  },
});
