// What a storm of changes costs at CloudFront, which bills tags: 2,000 rows a second for five seconds, in windows of one.
import { expect, it } from 'vitest';
import { customerOrders } from '../../../lambdas/shop/orders/customer-orders.ts';
import { orderDetail } from '../../../lambdas/shop/orders/order-detail.ts';
import { catalogue } from '../../../lambdas/shop/products/catalogue.ts';
import { invalidator } from '../../../lambdas/spine/edge/handler.ts';
import type { Invalidation } from '../../../lambdas/spine/kernel/pipeline/invalidation.ts';
import type { Row } from '../../../lambdas/spine/kernel/projections/projection.ts';
import { inMemoryBudgetStore } from '../../../lambdas/spine/testing/memory/budget-store.ts';

const CHANGES = 10_000;
const WINDOWS = 5;
const ROWS_PER_MESSAGE = 20;
const SETTLING_IN_SECONDS = 23;
const LAST_WINDOW = WINDOWS + SETTLING_IN_SECONDS + 1;

interface Message {
  readonly body: string;
  readonly visibleInWindow: number;
}

const row = <Part>(stream: string, part: object): Row<Part> => ({
  stream,
  version: 2,
  generation: 1,
  part: part as Part,
});
const changes = [
  { collection: orderDetail.name, share: 0.4, tagsOf: (id: number) => orderDetail.cacheTags(row(`order-${id}`, {})) },
  {
    collection: customerOrders.name,
    share: 0.4,
    tagsOf: (id: number) => customerOrders.cacheTags(row(`order-${id}`, { customerId: `customer ${id % 2_500}` })),
  },
  {
    collection: catalogue.name,
    share: 0.2,
    tagsOf: (id: number) => catalogue.cacheTags(row(`product-S${id % 800}`, { sku: `S${id % 800}` })),
  },
];

/** What the projectors of one window send. */
const messagesOf = (window: number, changedAt: string): Invalidation[] =>
  changes.flatMap(({ collection, share, tagsOf }) => {
    const rows = (CHANGES / WINDOWS) * share;
    return Array.from({ length: rows / ROWS_PER_MESSAGE }, (_, index): Invalidation => {
      const first = window * rows + index * ROWS_PER_MESSAGE;
      const ids = Array.from({ length: ROWS_PER_MESSAGE }, (__, offset) => first + offset);
      return { collection, tags: [...new Set(ids.flatMap(tagsOf))], changedAt, pass: 1 };
    });
  });

it(`invalidates ${CHANGES} changed rows, twice, for less than a fiftieth of a tag each`, async () => {
  let now = Date.parse('2026-01-01T00:00:00Z');
  let window = 0;
  let queue: Message[] = [];
  const calls: (readonly string[])[] = [];
  const send = async (invalidation: Invalidation, delayInSeconds = 0): Promise<void> => {
    queue.push({ body: JSON.stringify(invalidation), visibleInWindow: window + delayInSeconds });
  };
  const invalidate = async (tags: readonly string[]) => {
    calls.push(tags);
    return { kind: 'created' } as const;
  };
  let tagsDropped = 0;
  const handle = invalidator(
    {
      budget: inMemoryBudgetStore(),
      edge: { invalidate },
      queue: { send },
      publish: (figures) => {
        tagsDropped += figures.tagsDropped;
      },
      wait: () => Promise.resolve(),
      random: () => 0,
      now: () => new Date(now),
    },
    {
      tokensPerMonth: 20_000,
      burst: 1_000,
      collapseAbove: 20,
      sharedLifetimeInSeconds: 300,
      settlingInSeconds: SETTLING_IN_SECONDS,
    },
  );

  let tagsChanged = 0;
  for (; window <= LAST_WINDOW; window += 1) {
    if (window < WINDOWS) {
      const messages = messagesOf(window, new Date(now).toISOString());
      tagsChanged += new Set(messages.flatMap(({ tags }) => tags)).size;
      await Promise.all(messages.map((message) => send(message)));
    }
    now += 1_000;
    const visible = queue.filter(({ visibleInWindow }) => visibleInWindow <= window);
    queue = queue.filter((message) => !visible.includes(message));
    const Records = visible.map(({ body }, index) => ({ messageId: String(index), body }) as never);
    if (visible.length > 0) expect(await handle({ Records })).toEqual({ batchItemFailures: [] });
  }

  const tags = calls.flat().length;
  const figures = {
    changes: CHANGES,
    tagsChanged,
    tagsInvalidated: tags,
    calls: calls.length,
    timesCheaper: Math.round(CHANGES / tags),
  };
  process.stdout.write(`invalidations: ${JSON.stringify(figures)}\n`);
  expect(queue).toEqual([]);
  expect(tagsDropped).toBe(0);
  expect(tags * 50).toBeLessThanOrEqual(CHANGES);
  expect(new Set(calls.flat())).toEqual(new Set(changes.map(({ collection }) => collection)));
});
