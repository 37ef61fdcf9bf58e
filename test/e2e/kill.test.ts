// Kills of the whole host, which a laptop sees: what was acknowledged is there, and everything goes on.
import { rm } from 'node:fs/promises';
import pMap from 'p-map';
import { afterEach, beforeEach, expect } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { EventsBody } from '../support/contract-bodies.ts';
import { type Eventspine, newDataDirectory, startEventspine } from '../support/eventspine.ts';
import { listed, rowsThatAreNoFolds, unbalancedStock } from '../support/folds.ts';
import { untilIdle } from '../support/idle.ts';
import { type Acknowledged, besiege, prepareSiege, RECEIVED } from '../support/killing.ts';
import {
  gatherCrowd,
  lostEvents,
  lostSummaries,
  lostViews,
  type Placement,
  placeOrders,
  whenAvailable,
} from '../support/load.ts';
import { signInStaff } from '../support/sign-in.ts';
import { onLocalHost } from '../support/target.ts';

const { test } = onLocalHost;

const ORDERS = 1_000;
const KILLED_AFTER = 60;
/** A message that a killed function had comes back after 10 s. */
const IDLE_WITHIN_MILLIS = 120_000;

const KILLS = Number(process.env['KILLS'] ?? 10);
/** Of commands before each kill, at most: time for orders to be at every stage. */
const COMMANDS_IN_MILLIS = 2_500;
const MILLIS_FOR_A_KILL = 20_000;

let dataDirectory: string;
let host: Eventspine;

beforeEach(async () => {
  dataDirectory = await newDataDirectory();
  host = await startEventspine(dataDirectory);
});

afterEach(async () => {
  await host.kill();
  await rm(dataDirectory, { recursive: true });
});

/** Kills the host while orders are placed. @returns those that were acknowledged before */
async function killUnderLoad(): Promise<Placement[]> {
  const crowd = await gatherCrowd(new ApiClient(host.url));
  const acknowledged: Placement[] = [];
  let killed: Promise<void> | undefined;
  await placeOrders(crowd, ORDERS, async (place) => {
    if (killed) return;
    const placement = await place().catch((error: unknown) => {
      if (!killed) throw error;
    });
    if (placement) acknowledged.push(placement);
    if (acknowledged.length >= KILLED_AFTER) killed ??= host.kill();
  });
  await killed;
  return acknowledged;
}

test('killed under load, and again at once when it serves, the host loses no acknowledged order and confirms them all', async () => {
  const acknowledged = await killUnderLoad();
  expect(acknowledged.length).toBeGreaterThanOrEqual(KILLED_AFTER);

  host = await startEventspine(dataDirectory);
  await host.kill();
  host = await startEventspine(dataDirectory);

  const anyone = new ApiClient(host.url);
  const staff = await signInStaff(anyone);
  expect(await lostEvents(staff, acknowledged)).toEqual([]);
  const { queues } = await untilIdle(anyone, IDLE_WITHIN_MILLIS);
  expect(await lostViews(staff, acknowledged, 'confirmed')).toEqual([]);
  expect(await lostSummaries(staff, acknowledged)).toEqual([]);
  expect(queues.filter(({ deadLetters }) => deadLetters > 0)).toEqual([]);
});

/** The acknowledged commands whose event the event table does not have exactly once. */
async function lostCommands(staff: ApiClient, acknowledged: readonly Acknowledged[]): Promise<readonly string[]> {
  const found = await pMap(
    acknowledged,
    async ({ orderId, event }) => {
      const { body } = await whenAvailable(() => staff.get<EventsBody>(`/orders/${orderId}/events`));
      const times = body.events?.filter(({ type }) => type === `eventspine.${event}.v1`).length;
      return { times, said: `${event} of ${orderId}: ${times} times` };
    },
    { concurrency: 8 },
  );
  return found.filter(({ times }) => times !== 1).map(({ said }) => said);
}

test(`killed ${KILLS} times at any instant under load, the host loses no acknowledged command, and at rest its rows are the folds of the events`, {
  timeout: IDLE_WITHIN_MILLIS + (KILLS + 3) * MILLIS_FOR_A_KILL,
}, async () => {
  const siege = await prepareSiege(host.url);
  host = await besiege(host, siege, { kills: KILLS, withinMillis: COMMANDS_IN_MILLIS });

  const anyone = new ApiClient(host.url);
  const staff = await signInStaff(anyone);
  expect(siege.acknowledged.length).toBeGreaterThan(KILLS);
  expect(await lostCommands(staff, siege.acknowledged)).toEqual([]);
  await untilIdle(anyone, IDLE_WITHIN_MILLIS);
  // Those too that were never acknowledged, and stand all the same.
  const orders = (await pMap(siege.customers, ({ id }) => listed(staff, id))).flat();
  const orderIds = orders.map(({ orderId }) => orderId);
  expect(siege.acknowledged.filter(({ orderId }) => !orderIds.includes(orderId))).toEqual([]);
  expect(orders.filter(({ status }) => status !== 'confirmed' && status !== 'cancelled')).toEqual([]);
  expect(await rowsThatAreNoFolds(staff, orderIds)).toEqual([]);
  expect(await unbalancedStock(staff, siege.skus, { received: RECEIVED, orderIds })).toEqual([]);
  process.stdout.write(`${KILLS} kills, ${siege.acknowledged.length} acknowledged commands, ${orders.length} orders\n`);
});
