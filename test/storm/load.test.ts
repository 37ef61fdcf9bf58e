// How many orders a laptop takes, and in how few records and messages they reach the read models.
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { type Eventspine, newDataDirectory, startEventspine } from '../support/eventspine.ts';
import { plan } from '../support/faults.ts';
import { untilIdle } from '../support/idle.ts';
import {
  CLIENTS,
  gatherCrowd,
  lostEvents,
  lostSummaries,
  lostViews,
  type Placement,
  placeOrders,
} from '../support/load.ts';
import { signInStaff } from '../support/sign-in.ts';
import { onLocalHost } from '../support/target.ts';
import { trafficOf } from '../support/traffic.ts';

const { test } = onLocalHost;

const ORDERS = 1_000;
const IDLE_WITHIN_MILLIS = 60_000;

let host: Eventspine;

beforeAll(async () => {
  host = await startEventspine(await newDataDirectory());
});

afterAll(async () => {
  await host.stop();
  await rm(host.dataDirectory, { recursive: true });
});

const percentile = (placements: readonly Placement[], share: number): number => {
  const sorted = placements.map(({ latencyInMillis }) => latencyInMillis).sort((left, right) => left - right);
  return Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN);
};

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

test(`${ORDERS} orders placed by ${CLIENTS} clients at once reach every read model in fewer records and messages than events`, async () => {
  const anyone = new ApiClient(host.url);
  const staff = await signInStaff(anyone);
  const crowd = await gatherCrowd(anyone);
  // The orders rest, so that each is one event and nothing but placing and projecting is measured.
  await plan(anyone, { function: 'order-fulfilment', mode: 'drop', times: 1000 });
  const before = await trafficOf(host.dataDirectory, await untilIdle(anyone));

  const startedAt = performance.now();
  const placements = await placeOrders(crowd, ORDERS, (place) => place());
  const placedAt = performance.now();
  const status = await untilIdle(anyone, IDLE_WITHIN_MILLIS);
  const idleAt = performance.now();

  expect(await lostEvents(staff, placements)).toEqual([]);
  expect(await lostViews(staff, placements, 'placed')).toEqual([]);
  expect(await lostSummaries(staff, placements)).toEqual([]);
  expect(status.queues.filter(({ deadLetters }) => deadLetters > 0)).toEqual([]);
  expect(status.functions.filter(({ errors }) => errors > 0)).toEqual([]);

  const after = await trafficOf(host.dataDirectory, status);
  const streamRecords = after.streamRecords - before.streamRecords;
  const queueMessages = after.queueMessages - before.queueMessages;
  const figures = {
    commandsPerSecond: Math.round(ORDERS / ((placedAt - startedAt) / 1000)),
    p50InMillis: percentile(placements, 0.5),
    p99InMillis: percentile(placements, 0.99),
    streamRecordsPerEvent: rounded(streamRecords / ORDERS),
    queueMessagesPerEvent: rounded(queueMessages / ORDERS),
    millisToIdle: Math.round(idleAt - placedAt),
  };
  process.stdout.write(`load: ${JSON.stringify(figures)}\n`);
  expect(streamRecords + queueMessages).toBeLessThan(2 * ORDERS);
});
