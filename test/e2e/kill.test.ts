import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { type Eventspine, newDataDirectory, startEventspine } from '../support/eventspine.ts';
import { untilIdle } from '../support/idle.ts';
import { gatherCrowd, lostEvents, lostSummaries, lostViews, type Placement, placeOrders } from '../support/load.ts';
import { signInStaff } from '../support/sign-in.ts';
import { onLocalHost } from '../support/target.ts';

const { test } = onLocalHost;

const ORDERS = 1_000;
const KILLED_AFTER = 60;
/** A message that a killed function had comes back after 10 s. */
const IDLE_WITHIN_MILLIS = 120_000;

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
