import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Plan, type PlanSettings, plan } from '../../../lambdas/spine/edge/plan.ts';
import type { Invalidation } from '../../../lambdas/spine/kernel/pipeline/invalidation.ts';

const NOW = new Date('2026-01-01T00:10:00.000Z');
const settings: PlanSettings = { collapseAbove: 3, sharedLifetimeInSeconds: 300, settlingInSeconds: 15 };

const ago = (seconds: number): string => new Date(NOW.getTime() - seconds * 1000).toISOString();

const order = (...ids: number[]): Invalidation => ({
  collection: 'order-detail',
  tags: ids.map((id) => `order-${id}`),
  changedAt: ago(1),
  pass: 1,
});
const product = (...skus: string[]): Invalidation => ({
  collection: 'catalogue',
  tags: [...skus.map((sku) => `product-${sku}`), 'products'],
  changedAt: ago(1),
  pass: 1,
});
const second = (invalidation: Invalidation): Invalidation => ({ ...invalidation, pass: 2 });

const planOf = (invalidations: readonly Invalidation[], tokens = 100): Plan =>
  plan(invalidations, { tokens, refilledAt: 0 }, settings, NOW);
const secondPasses = ({ affordable, dropped }: Plan) =>
  [...affordable, ...dropped].flatMap(({ secondPass }) => secondPass ?? []);

it('says once what a window says often, and pays for it once', () => {
  const { tags, bucket } = planOf([order(1, 2), order(2), order(1), product('A')]);
  expect(tags.toSorted()).toEqual(['order-1', 'order-2', 'product-A', 'products']);
  expect(bucket.tokens).toBe(96);
});

it('invalidates a tag once that two collections share', () => {
  const shared = { ...order(1), collection: 'order-search' };
  expect(planOf([order(1), shared]).tags).toEqual(['order-1']);
});

it('takes the collection’s own tag when more of its tags than the limit are asked for', () => {
  expect(planOf([order(1, 2), order(3)]).tags).toEqual(['order-1', 'order-2', 'order-3']);
  expect(planOf([order(1, 2), order(3), second(order(4)), product()]).tags).toEqual(['order-detail', 'products']);
});

it('takes the collection’s own tag alone when that is asked for', () => {
  const all: Invalidation = { ...order(), tags: ['order-detail'], pass: 2 };
  expect(planOf([order(1), all]).tags).toEqual(['order-detail']);
});

it('asks for a second pass over what changed, and for none over what comes for the second time', () => {
  const newest = { ...order(3), changedAt: ago(0.5) };
  expect(secondPasses(planOf([newest, order(1), second(order(2))]))).toEqual([
    { collection: 'order-detail', tags: ['order-3', 'order-1'], changedAt: ago(0.5), pass: 2 },
  ]);
  expect(secondPasses(planOf([second(order(1, 2))]))).toEqual([]);
});

it('asks for the second pass over the collection when that is what the first was over', () => {
  expect(secondPasses(planOf([order(1, 2, 3, 4)]))).toEqual([
    { collection: 'order-detail', tags: ['order-detail'], changedAt: ago(1), pass: 2 },
  ]);
});

it('collapses the collections with the most tags first when the budget is too small for single tags', () => {
  const wanted = [order(1, 2), product('A', 'B')];
  expect(planOf(wanted, 5).tags.toSorted()).toEqual(
    ['order-1', 'order-2', 'product-A', 'product-B', 'products'].toSorted(),
  );
  expect(planOf(wanted, 4).tags.toSorted()).toEqual(['catalogue', 'order-1', 'order-2']);
  expect(planOf(wanted, 3).tags.toSorted()).toEqual(['catalogue', 'order-1', 'order-2']);
  expect(planOf(wanted, 2).tags.toSorted()).toEqual(['catalogue', 'order-detail']);
});

it('drops what even then is too much, the collections with the fewest tags first', () => {
  const { tags, dropped, bucket } = planOf([order(1, 2), product('A', 'B')], 1);
  expect(tags).toEqual(['catalogue']);
  expect(dropped.map(({ asked }) => asked)).toEqual([['order-1', 'order-2']]);
  expect(bucket.tokens).toBe(0);
});

it('makes no call when the budget is dry, and asks for the second pass all the same: it may find tokens', () => {
  const dry = planOf([order(1, 2)], 0);
  expect(dry.tags).toEqual([]);
  expect(secondPasses(dry)).toMatchObject([{ tags: ['order-detail'], pass: 2 }]);
});

it('passes over changes whose answers have expired everywhere, and only those', () => {
  const atLimit = { ...order(1), changedAt: ago(315) };
  const beyond = { ...order(2), changedAt: ago(315.001) };
  const { tags, dropped } = planOf([atLimit, beyond]);
  expect([tags, dropped]).toEqual([['order-1'], []]);
});

const anyInvalidation: fc.Arbitrary<Invalidation> = fc
  .record({
    collection: fc.constantFrom('order-detail', 'customer-orders', 'catalogue', 'x', 'y'),
    ids: fc.array(fc.nat(12), { minLength: 1, maxLength: 8 }),
    isWhole: fc.constantFrom(false, false, false, true),
    ageInSeconds: fc.constantFrom(0, 10, 314, 316, 1000),
    pass: fc.constantFrom(1 as const, 2 as const),
  })
  .map(({ collection, ids, isWhole, ageInSeconds, pass }) => ({
    collection,
    tags: isWhole ? [collection] : ids.map((id) => `${collection}-${id}`),
    changedAt: ago(ageInSeconds),
    pass,
  }));
const anything = fc.record({
  invalidations: fc.array(anyInvalidation, { maxLength: 12 }),
  tokens: fc.nat(30),
  collapseAbove: fc.integer({ min: 1, max: 10 }),
});

it('never spends more than it has, and invalidates each tag once', () => {
  fc.assert(
    fc.property(anything, ({ invalidations, tokens, collapseAbove }) => {
      const { tags, bucket } = plan(invalidations, { tokens, refilledAt: 0 }, { ...settings, collapseAbove }, NOW);
      expect(new Set(tags).size).toBe(tags.length);
      expect(bucket.tokens).toBe(tokens - tags.length);
      expect(bucket.tokens).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 1000 },
  );
});

it('covers or counts each tag that was asked for, and asks again for each that changed', () => {
  fc.assert(
    fc.property(anything, ({ invalidations, tokens, collapseAbove }) => {
      const result = plan(invalidations, { tokens, refilledAt: 0 }, { ...settings, collapseAbove }, NOW);
      const counted = new Set(result.dropped.flatMap(({ asked }) => asked));
      const askedAgain = new Set(secondPasses(result).flatMap(({ tags }) => tags));
      const live = invalidations.filter(({ changedAt }) => changedAt >= ago(315));
      for (const { collection, tags, pass } of live) {
        const missed = tags.filter(
          (tag) => !counted.has(tag) && ![tag, collection].some((each) => result.tags.includes(each)),
        );
        const forgotten = tags.filter((tag) => ![tag, collection].some((each) => askedAgain.has(each)));
        expect([missed, pass === 1 ? forgotten : []]).toEqual([[], []]);
      }
    }),
    { numRuns: 1000 },
  );
});

it('drops nothing that the budget could pay for as collections, and collapses nothing that it could pay for singly', () => {
  fc.assert(
    fc.property(anything, ({ invalidations, tokens }) => {
      const own = { ...settings, collapseAbove: 1000 };
      const { affordable, dropped } = plan(invalidations, { tokens, refilledAt: 0 }, own, NOW);
      const wanted = [...affordable, ...dropped];
      if (wanted.length <= tokens) expect(dropped).toEqual([]);
      const single = new Set(
        wanted.flatMap(({ asked, collection }) => (asked.includes(collection) ? collection : asked)),
      );
      const isCollapsed = wanted.some(
        ({ asked, tags, collection }) => tags[0] === collection && !asked.includes(collection),
      );
      if (single.size <= tokens) expect(isCollapsed).toBe(false);
    }),
    { numRuns: 2000 },
  );
});
