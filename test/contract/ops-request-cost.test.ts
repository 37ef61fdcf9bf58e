// What an operator's routes ask of DynamoDB at most, counted at the client: the bounds that docs/architecture.md states.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { shop } from '../../lambdas/shop/shop.ts';
import { dynamoDbAuditStore } from '../../lambdas/spine/aws/dynamodb/audit-store.ts';
import { dynamoDbDeadLetters } from '../../lambdas/spine/aws/dynamodb/dead-letters.ts';
import { dynamoDbEventScan } from '../../lambdas/spine/aws/dynamodb/event-scan.ts';
import { meter } from '../../lambdas/spine/aws/dynamodb/metered-client.ts';
import { dynamoDbRebuildJobs } from '../../lambdas/spine/aws/dynamodb/rebuild-jobs.ts';
import type { DeadLetterQueue } from '../../lambdas/spine/aws/sqs/dead-letter-queue.ts';
import { httpHandler } from '../../lambdas/spine/http/http-handler.ts';
import { routesOf } from '../../lambdas/spine/manifest/routes.ts';
import { auditEndpoints } from '../../lambdas/spine/ops/audits/endpoints.ts';
import { deadLetterEndpoints } from '../../lambdas/spine/ops/dead-letters/endpoints.ts';
import { pipelineEndpoint } from '../../lambdas/spine/ops/pipeline/endpoint.ts';
import { rebuildEndpoints } from '../../lambdas/spine/ops/rebuilds/endpoints.ts';
import { type Bound, expectBound, withoutBound } from './support/bounds.ts';
import { type Call, countCalls } from './support/counted-calls.ts';
import { startDynalite } from './support/dynalite.ts';
import { createOperationsTable } from './support/sweeps.ts';
import { createEventTable, testClient } from './support/tables.ts';

const HOPS = ['relay', 'fan-out', 'rows'];
const emptyQueue: DeadLetterQueue = {
  depth: async () => 0,
  take: async () => [],
  release: async () => {},
  sendBack: async () => {},
  remove: async () => {},
};

let stop: () => Promise<void>;
let calls: Call[];
let answer: ReturnType<typeof httpHandler>;

beforeAll(async () => {
  const server = await startDynalite();
  stop = server.stop;
  const client = testClient(server.endpoint);
  await createEventTable(client, 'events');
  await createOperationsTable(client, 'operations');
  const admin = async () => ({ customerId: 'ada', isStaff: true, isAdmin: true, expiresAtInSeconds: 0 });
  const spent = meter(client);
  calls = countCalls(client);
  const now = () => new Date();
  let made = 0;
  answer = httpHandler([
    pipelineEndpoint({ hops: [], depthOf: async () => ({ pending: 0, deadLetters: 0 }), now }, admin),
    ...auditEndpoints(
      { audits: dynamoDbAuditStore(client, 'operations', now), ask: async () => {}, newId: () => 'audit-0', now },
      admin,
    ),
    ...deadLetterEndpoints(
      {
        ...{ subscribers: HOPS, notes: dynamoDbDeadLetters(client, 'operations', now), now },
        queueOf: async () => emptyQueue,
      },
      admin,
    ),
    ...rebuildEndpoints(
      {
        ...{ readModels: [{ name: 'rows', categories: ['order'], indexes: 0 }], workers: 4, spent, now },
        ...{ pace: { read: 1, write: 1 }, work: { send: async () => {} }, newId: () => `job-${made++}` },
        ...{ scan: dynamoDbEventScan(client, 'events'), jobs: dynamoDbRebuildJobs(client, 'operations') },
      },
      admin,
    ),
  ]);
});
afterAll(() => stop());

const letters = { redriven: 'POST /ops/dead-letters/redrive', listed: 'GET /ops/dead-letters' } as const;
const rebuild = { path: { rebuildId: 'job-0' } };

const bounds: readonly Bound[] = [
  { route: 'GET /ops/pipeline', status: 200, calls: {}, units: 0 },
  { route: 'POST /ops/audits', body: { scope: 'recent' }, status: 202, calls: { PutItem: 1 }, units: 1 },
  {
    route: 'GET /ops/audits/{auditId}',
    path: { auditId: 'audit-0' },
    ...{ status: 200, calls: { GetItem: 1, Query: 1 }, units: 2 },
  },
  { route: letters.listed, status: 200, calls: { Query: 2 * HOPS.length }, units: 2 * HOPS.length },
  { route: letters.redriven, body: { subscriber: 'rows' }, status: 202, calls: { Query: 1 }, units: 1 },
  {
    route: 'POST /ops/rebuilds',
    body: { readModel: 'rows', dryRun: true },
    ...{ status: 200, calls: { Scan: 1 }, units: 1 },
  },
  { route: 'POST /ops/rebuilds', body: { readModel: 'rows' }, status: 202, calls: { Scan: 1, PutItem: 2 }, units: 3 },
  {
    route: 'POST /ops/rebuilds',
    body: { readModel: 'rows' },
    ...{ status: 409, calls: { Scan: 1, PutItem: 1, GetItem: 2 }, units: 3 },
  },
  { route: 'GET /ops/rebuilds/{rebuildId}', ...rebuild, status: 200, calls: { GetItem: 1 }, units: 1 },
  {
    route: 'POST /ops/rebuilds/{rebuildId}/cancel',
    ...{ ...rebuild, body: {}, status: 202, calls: { GetItem: 2, UpdateItem: 1, DeleteItem: 1 }, units: 4 },
  },
];

it.each(bounds)('$route with $body answers $status and asks for $calls', (bound) => expectBound(bound, answer, calls));

it("every operator's route has a bound", () => {
  const keys = routesOf(shop).map(({ key }) => key);
  expect(
    withoutBound(
      keys.filter((key) => key.includes(' /ops/')),
      bounds,
    ),
  ).toEqual([]);
});
