// Waits until nothing is on its way anywhere in a deployed stage.
//
// Nobody tells what lies between a table's change stream and a queue. So a product is put on offer and awaited in the catalogue:
// with one shard it overtakes nothing, and what was committed before it has reached the queues. When these are empty then, and
// the product was the only commit meanwhile, nothing is left that could still happen.
import { setTimeout as wait } from 'node:timers/promises';
import { vi } from 'vitest';
import type { ApiClient } from '../api-client.ts';
import type { StatusBody } from '../contract-bodies.ts';
import { listProduct } from '../shop.ts';
import { type QueueCounts, resourcesOf, type StageResources } from './resources.ts';

const INTERVAL_IN_MILLIS = 25;

/** @returns the queues' counts as the local host's status has them; of the functions there is none */
export function untilStageIdle(
  stage: { readonly stage: string },
  staff: ApiClient,
  timeoutInMillis: number,
): Promise<StatusBody> {
  const resources = resourcesOf(stage);
  const deadline = performance.now() + timeoutInMillis;
  const left = () => Math.max(1, deadline - performance.now());
  return vi.waitFor(
    async () => {
      const before = await resources.commits();
      await marker(staff, left());
      const queues = await untilEmpty(resources, left());
      const others = (await resources.commits()) - before - 1;
      if (others > 0) throw new Error(`Not idle: ${others} commits were made meanwhile`);
      return statusOf(queues);
    },
    { timeout: timeoutInMillis, interval: INTERVAL_IN_MILLIS },
  );
}

async function marker(staff: ApiClient, timeoutInMillis: number): Promise<void> {
  const { sku } = await listProduct(staff);
  await vi.waitFor(
    async () => {
      const { status } = await staff.get(`/products/${sku}`);
      if (status !== 200) throw new Error(`Not idle: the catalogue answers ${status} for the last product`);
    },
    { timeout: timeoutInMillis, interval: INTERVAL_IN_MILLIS },
  );
}

/** Empty twice: a fan-out may have sent to one queue and be about to send to the next. */
const untilEmpty = (resources: StageResources, timeoutInMillis: number): Promise<QueueCounts[]> =>
  vi.waitFor(
    async () => {
      expectEmpty(await resources.queues());
      await wait(INTERVAL_IN_MILLIS);
      return expectEmpty(await resources.queues());
    },
    { timeout: timeoutInMillis, interval: INTERVAL_IN_MILLIS },
  );

function expectEmpty(queues: QueueCounts[]): QueueCounts[] {
  const busy = queues.filter(({ isForDeadLetters, visible, inFlight }) => !isForDeadLetters && visible + inFlight > 0);
  if (busy.length > 0) throw new Error(`Not idle: ${JSON.stringify(busy)}`);
  return queues;
}

const statusOf = (queues: readonly QueueCounts[]): StatusBody => ({
  idle: true,
  relay: { pending: 0 },
  stream: { pending: 0 },
  queues: queues.map(({ name, isForDeadLetters, visible, inFlight }) => ({
    name,
    visible,
    inFlight,
    deadLetters: isForDeadLetters ? visible : 0,
  })),
  functions: [],
});
