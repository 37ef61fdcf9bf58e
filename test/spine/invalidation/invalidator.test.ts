import type { SQSEvent } from 'aws-lambda';
import { beforeEach, expect, it } from 'vitest';
import type { InvalidationResult } from '../../../lambdas/spine/aws/cloudfront/edge-cache.ts';
import type { InvalidationFigures } from '../../../lambdas/spine/edge/figures.ts';
import { type InvalidatorSettings, invalidator } from '../../../lambdas/spine/edge/handler.ts';
import type { BudgetStore } from '../../../lambdas/spine/kernel/pipeline/budget.ts';
import type { Invalidation } from '../../../lambdas/spine/kernel/pipeline/invalidation.ts';
import { type InMemoryBudgetStore, inMemoryBudgetStore } from '../../../lambdas/spine/testing/memory/budget-store.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const settings: InvalidatorSettings = {
  tokensPerMonth: 31,
  burst: 20,
  collapseAbove: 3,
  sharedLifetimeInSeconds: 60,
  settlingInSeconds: 15,
};

/** What becomes of a call: the answer, an error, or a process that dies in it. */
type Fate = InvalidationResult | Error | 'dies';

let now: number;
let budget: InMemoryBudgetStore;
let calls: string[][];
let fates: Fate[];
let sent: { invalidation: Invalidation; delayInSeconds: number | undefined; callsBefore: number }[];
let sendFates: (Error | 'dies')[];
let figures: InvalidationFigures[];

beforeEach(() => {
  now = START;
  budget = inMemoryBudgetStore();
  calls = [];
  fates = [];
  sent = [];
  sendFates = [];
  figures = [];
});

async function meet<Result>(fate: Result | Error | 'dies'): Promise<Result> {
  if (fate === 'dies') return new Promise<Result>(() => {});
  if (fate instanceof Error) throw fate;
  return fate;
}

const handlerWith = (changes: Partial<InvalidatorSettings> = {}, store: BudgetStore = budget) =>
  invalidator(
    {
      budget: store,
      wait: () => Promise.resolve(),
      random: () => 0,
      now: () => new Date(now),
      edge: {
        invalidate: async (tags) => {
          calls.push([...tags]);
          return meet(fates.shift() ?? { kind: 'created' });
        },
      },
      queue: {
        send: async (invalidation, delayInSeconds) => {
          await meet(sendFates.shift() ?? undefined);
          sent.push({ invalidation, delayInSeconds, callsBefore: calls.length });
        },
      },
      publish: (published) => figures.push(published),
    },
    { ...settings, ...changes },
  );

const orders = (...ids: number[]): Invalidation => ({
  collection: 'order-detail',
  tags: ids.map((id) => `order-${id}`),
  changedAt: new Date(now).toISOString(),
  pass: 1,
});
const products = (...skus: string[]): Invalidation => ({
  ...orders(),
  collection: 'catalogue',
  tags: [...skus.map((sku) => `product-${sku}`), 'products'],
});

const batch = (messages: Record<string, Invalidation | string>): SQSEvent => ({
  Records: Object.entries(messages).map(
    ([messageId, body]) => ({ messageId, body: typeof body === 'string' ? body : JSON.stringify(body) }) as never,
  ),
});
const failed = (...ids: string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});
const refused: InvalidationResult = { kind: 'refused', code: 'TooManyInvalidationsInProgress' };

it('invalidates the tags of a batch in one call and asks for the second pass after it', async () => {
  expect(await handlerWith()(batch({ a: orders(1, 2), b: products('A'), c: orders(2) }))).toEqual(failed());
  expect(calls.map((tags) => tags.toSorted())).toEqual([['order-1', 'order-2', 'product-A', 'products']]);
  expect(sent).toMatchObject([
    { invalidation: { ...orders(1, 2), pass: 2 }, delayInSeconds: 15, callsBefore: 1 },
    { invalidation: { ...products('A'), pass: 2 }, delayInSeconds: 15, callsBefore: 1 },
  ]);
  expect(figures).toEqual([{ tagsChanged: 4, tagsInvalidated: 4, calls: 1, tagsDropped: 0, tokensLeft: 16 }]);
});

it('asks for nothing further after the second pass', async () => {
  await handlerWith()(batch({ a: { ...orders(1), pass: 2 } }));
  expect([calls, sent]).toEqual([[['order-1']], []]);
  expect(figures).toEqual([{ tagsChanged: 0, tagsInvalidated: 1, calls: 1, tagsDropped: 0, tokensLeft: 19 }]);
});

it('does what a message says again when it comes twice, which costs and harms nothing else', async () => {
  const handle = handlerWith();
  await handle(batch({ a: orders(1) }));
  await handle(batch({ a: orders(1) }));
  expect(calls).toEqual([['order-1'], ['order-1']]);
  expect(budget.stored()?.tokens).toBe(18);
});

it('does not care which pass comes first', async () => {
  const handle = handlerWith();
  await handle(batch({ second: { ...orders(1), pass: 2 } }));
  await handle(batch({ first: orders(1) }));
  expect(calls).toEqual([['order-1'], ['order-1']]);
  expect(sent).toHaveLength(1);
});

it('settles without a call what comes so late that nothing can show it any more', async () => {
  const message = orders(1);
  now += (60 + 15) * 1000 + 1;
  expect(await handlerWith()(batch({ a: message }))).toEqual(failed());
  expect([calls, sent, budget.stored()]).toEqual([[], [], undefined]);
  expect(figures).toEqual([{ tagsChanged: 0, tagsInvalidated: 0, calls: 0, tagsDropped: 0, tokensLeft: 20 }]);
});

it('returns a message that cannot be read, alone', async () => {
  expect(await handlerWith()(batch({ a: 'nonsense', b: orders(1) }))).toEqual(failed('a'));
  expect(calls).toEqual([['order-1']]);
});

it('returns what CloudFront refuses, gives its tokens back, and asks for no second pass yet', async () => {
  fates.push(refused);
  const handle = handlerWith();
  expect(await handle(batch({ a: orders(1), b: products('A'), c: 'nonsense' }))).toEqual(failed('c', 'a', 'b'));
  expect(sent).toEqual([]);
  expect(budget.stored()?.tokens).toBe(20);
  expect(figures).toEqual([{ tagsChanged: 0, tagsInvalidated: 0, calls: 0, tagsDropped: 0, tokensLeft: 20 }]);

  expect(await handle(batch({ a: orders(1), b: products('A') }))).toEqual(failed());
  expect(sent).toHaveLength(2);
  expect(budget.stored()?.tokens).toBe(17);
});

it('keeps to what CloudFront takes in one call, and returns only the collections that a refused one has', async () => {
  const many = Array.from({ length: 2_999 }, (_, index) => index);
  fates.push({ kind: 'created' }, refused);
  const handle = handlerWith({ burst: 9_000, collapseAbove: 9_000 });
  const third: Invalidation = { ...orders(7), collection: 'customer-orders', tags: ['customer-7'] };
  expect(await handle(batch({ a: orders(...many), b: products('A'), c: third }))).toEqual(failed('b', 'c'));
  expect(calls.map((tags) => tags.length)).toEqual([3_000, 2]);
  expect(sent.map(({ invalidation }) => invalidation.collection)).toEqual(['order-detail']);
  expect(budget.stored()?.tokens).toBe(6_000);
  expect(figures).toMatchObject([{ tagsChanged: 2_999, tagsInvalidated: 3_000, calls: 1, tokensLeft: 6_000 }]);
});

it('keeps the tokens of a call that may have been done, and returns the batch', async () => {
  fates.push(new Error('timeout'));
  await expect(handlerWith()(batch({ a: orders(1, 2) }))).rejects.toThrow('timeout');
  expect(budget.stored()?.tokens).toBe(18);
  expect(sent).toEqual([]);
});

it('has spent the tokens before the call, so that a process that dies in it has overspent nothing', async () => {
  fates.push('dies');
  void handlerWith()(batch({ a: orders(1, 2) }));
  await expect.poll(() => calls.length).toBe(1);
  expect(budget.stored()?.tokens).toBe(18);
  await handlerWith()(batch({ a: orders(1, 2) }));
  expect(calls).toEqual([
    ['order-1', 'order-2'],
    ['order-1', 'order-2'],
  ]);
  expect(sent).toHaveLength(1);
});

it('returns the batch when the second pass cannot be asked for, and invalidates again with the next delivery', async () => {
  const handle = handlerWith();
  sendFates.push(new Error('SQS is away'));
  await expect(handle(batch({ a: orders(1) }))).rejects.toThrow('SQS is away');
  sendFates.push('dies');
  void handle(batch({ a: orders(1) }));
  await expect.poll(() => calls.length).toBe(2);
  expect(sent).toEqual([]);
  await handle(batch({ a: orders(1) }));
  expect(calls).toHaveLength(3);
  expect(sent).toHaveLength(1);
});

it('counts what a dry budget drops, settles it and asks for the second pass', async () => {
  const handle = handlerWith({ burst: 2 });
  expect(await handle(batch({ a: orders(1, 2) }))).toEqual(failed());
  expect(await handle(batch({ b: orders(3), c: products('A', 'B') }))).toEqual(failed());
  expect(calls).toEqual([['order-1', 'order-2']]);
  expect(figures[1]).toEqual({ tagsChanged: 4, tagsInvalidated: 0, calls: 0, tagsDropped: 4, tokensLeft: 0 });
  expect(sent.map(({ invalidation }) => invalidation.tags)).toEqual([
    ['order-1', 'order-2'],
    ['catalogue'],
    ['order-3'],
  ]);
});

it('goes on when tokens cannot be given back: less can be spent than might have been', async () => {
  fates.push(refused);
  let loads = 0;
  const failing: BudgetStore = {
    ...budget,
    load: async () => {
      loads += 1;
      if (loads > 1) throw new Error('DynamoDB is away');
      return budget.load();
    },
  };
  expect(await handlerWith({}, failing)(batch({ a: orders(1) }))).toEqual(failed('a'));
  expect(figures).toMatchObject([{ tokensLeft: 19 }]);
});

it('plans anew when another invalidator was faster', async () => {
  let isRaced = false;
  const raced: BudgetStore = {
    ...budget,
    save: async (stored) => {
      if (!isRaced) {
        isRaced = true;
        await budget.save({ tokens: 1, refilledAt: now, revision: 1 });
      }
      return budget.save(stored);
    },
  };
  await handlerWith({}, raced)(batch({ a: orders(1, 2) }));
  expect(calls).toEqual([['order-detail']]);
  expect(budget.stored()?.tokens).toBe(0);
});
