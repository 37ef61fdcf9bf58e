// More orders at once than there is time for, in virtual time: all of them end, and no message is delivered in vain.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fulfilOrders } from '../../../lambdas/shop/fulfilment/worker/handler.ts';
import type { FulfilmentPorts } from '../../../lambdas/shop/fulfilment/worker/ports.ts';
import { shop } from '../../../lambdas/shop/shop.ts';
import { encodeBundle, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { batchSizes } from '../../../lambdas/spine/bindings/batch-sizes.ts';
import type { EventStore } from '../../../lambdas/spine/kernel/event-store.ts';
import { hintOf } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import { orderOf, productOf } from './standing.ts';
import { stockedWorld } from './stocked-world.ts';

const TIMEOUT_IN_SECONDS = 30;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const pause = (millis: number) => new Promise<void>((resolve) => void setTimeout(resolve, millis));

interface Slowness {
  readonly tableInMillis: number;
  readonly providerInMillis: number;
}

type World = Awaited<ReturnType<typeof stockedWorld>>;

/** The ports of a function whose every call takes a while. */
function slowPorts({ ports }: World, { tableInMillis, providerInMillis }: Slowness): FulfilmentPorts {
  const store: EventStore = {
    ...ports.store,
    async append(commit) {
      await pause(tableInMillis);
      return ports.store.append(commit);
    },
    async *readBackward(stream) {
      await pause(tableInMillis);
      yield* ports.store.readBackward(stream);
    },
    async *readForward(stream, after) {
      await pause(tableInMillis);
      yield* ports.store.readForward(stream, after);
    },
  };
  const capture: typeof ports.provider.capture = async (request) => {
    await pause(providerInMillis);
    return ports.provider.capture(request);
  };
  const now = () => new Date();
  return { ...ports, store, provider: { ...ports.provider, capture }, wait: pause, random: Math.random, now };
}

async function placed(count: number, skuOf: (index: number) => string, onHand: number) {
  const skus = Array.from({ length: count }, (_, index) => skuOf(index));
  const world = await stockedWorld(Object.fromEntries(skus.map((sku) => [sku, onHand])));
  const orderIds = skus.map((_, index) => `O${index}`);
  for (const [index, orderId] of orderIds.entries()) await world.place(orderId, skus[index]);
  const hints = world.commits
    .filter(({ stream }) => stream.startsWith('order-'))
    .map((commit) => encodeHint(hintOf(commit)));
  world.waiting.length = 0;
  return { world, orderIds, hints };
}

/** Delivers as Lambda does, batch after batch to so many functions at once, until nothing waits. */
async function work(world: World, slowness: Slowness, messagesPerBatch: number, functions: number): Promise<number> {
  const handle = fulfilOrders(slowPorts(world, slowness));
  let longestInSeconds = 0;
  for (let round = 0; world.waiting.length > 0 || world.timers().length > 0; round += 1) {
    if (round > 500) throw new Error('This does not end');
    if (world.waiting.length === 0) {
      world.pass(900);
      vi.setSystemTime(Date.now() + 900_000);
    }
    const batches = Array.from({ length: functions }, () => world.waiting.splice(0, messagesPerBatch));
    const startedAt = Date.now();
    const end = startedAt + TIMEOUT_IN_SECONDS * 1_000;
    const runs = batches.map(async (batch) => {
      for (const message of batch) message.deliveries += 1;
      const { batchItemFailures } = await handle(
        { Records: batch as never },
        { remainingInMillis: () => end - Date.now() },
      );
      longestInSeconds = Math.max(longestInSeconds, (Date.now() - startedAt) / 1_000);
      const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
      world.waiting.push(...batch.filter(({ messageId }) => failed.includes(messageId)));
    });
    let isOver = false;
    const all = Promise.all(runs).then(() => {
      isOver = true;
    });
    while (!isOver) await vi.advanceTimersByTimeAsync(100);
    await all;
  }
  return longestInSeconds;
}

async function stagesOf(world: World, orderIds: readonly string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const orderId of orderIds) {
    const { stage } = await orderOf(world, orderId);
    counts[stage] = (counts[stage] ?? 0) + 1;
  }
  return counts;
}

const deliver = (world: World, hints: readonly ReturnType<typeof encodeHint>[], hintsPerMessage: number) => {
  for (let start = 0; start < hints.length; start += hintsPerMessage) {
    world.deliver(encodeBundle(hints.slice(start, start + hintsPerMessage)));
  }
  return [...world.waiting];
};

it.each([
  [
    300,
    'as large as they come',
    batchSizes(TIMEOUT_IN_SECONDS, shop.functions['order-fulfilment'].streamsPerSecond),
    TIMEOUT_IN_SECONDS / 2,
  ],
  [1_000, 'of 10 messages of 100', { messagesPerBatch: 10, hintsPerMessage: 100 }, TIMEOUT_IN_SECONDS],
])(
  'ends %i orders that come at once, at 1 s a payment, in batches %s',
  { timeout: 60_000 },
  async (count, _, sizes, longest) => {
    const { world, orderIds, hints } = await placed(count, (index) => `P${index}`, 1);
    const messages = deliver(world, hints, sizes.hintsPerMessage);
    const tookInSeconds = await work(world, { tableInMillis: 6, providerInMillis: 1_000 }, sizes.messagesPerBatch, 1);
    expect(await stagesOf(world, orderIds)).toEqual({ confirmed: count });
    expect(messages.map(({ deliveries }) => deliveries)).toEqual(messages.map(() => 1));
    expect(tookInSeconds).toBeLessThan(longest);
  },
);

it('ends 80 orders for 60 of one product, by ten functions at once', { timeout: 60_000 }, async () => {
  const { world, orderIds, hints } = await placed(80, () => 'A', 60);
  const sizes = batchSizes(TIMEOUT_IN_SECONDS, shop.functions['order-fulfilment'].streamsPerSecond);
  const messages = deliver(world, hints, sizes.hintsPerMessage);
  await work(world, { tableInMillis: 6, providerInMillis: 20 }, 2, 10);
  expect(await stagesOf(world, orderIds)).toEqual({ confirmed: 60, rejected: 20 });
  expect(await productOf(world, 'A')).toMatchObject({ onHand: 60, available: 0 });
  expect(messages.every(({ deliveries }) => deliveries < 5)).toBe(true);
});

it('hands on the timers that it has no time for: they come back at once, and none is lost', async () => {
  const { world, orderIds } = await placed(45, (index) => `P${index}`, 1);
  for (const orderId of orderIds) {
    const timer = {
      orderId,
      dueAt: '2020-01-01T00:00:00.000Z',
      correlationId: 'c',
      retry: { attempt: 1, since: '2020-01-01T00:00:00.000Z' },
    };
    world.deliver(JSON.stringify({ timer }));
  }
  const messages = [...world.waiting];
  await work(world, { tableInMillis: 6, providerInMillis: 21_000 }, 45, 1);
  expect(await stagesOf(world, orderIds)).toEqual({ confirmed: 45 });
  expect(messages.map(({ deliveries }) => deliveries)).toEqual(messages.map(() => 1));
});
