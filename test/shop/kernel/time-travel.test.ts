// Times within a stream never fall, so that an instant says what came before it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { catalogue, type ProductPart } from '../../../lambdas/shop/products/catalogue.ts';
import { productDecider } from '../../../lambdas/shop/products/decider.ts';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import { executeFrom } from '../../../lambdas/spine/kernel/execution/execute-command.ts';
import { emptyStream } from '../../../lambdas/spine/kernel/execution/stream-state.ts';
import { partAt } from '../../../lambdas/spine/kernel/time-travel.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { request, run } from '../../support/commands.ts';

const stream = 'product-A';
const list = { type: 'ListProduct', sku: 'A', name: 'Anvil', unitPrice: 1, currency: 'EUR' } as const;
const priced = (unitPrice: number) => ({ type: 'ChangePrice', sku: 'A', unitPrice }) as const;
const at = (millis: number): string => new Date(Date.UTC(2026, 0, 1) + millis).toISOString();

const priceAsOf = (commits: readonly Commit[], millis: number): number | undefined =>
  (partAt(catalogue, commits, { asOf: at(millis) })?.part as ProductPart | undefined)?.unitPrice;

it('shows an event from its own millisecond on, and not a millisecond before', async () => {
  const store = inMemoryEventStore();
  await run(store, productDecider, stream, list, { time: at(10) });
  await run(store, productDecider, stream, priced(2), { time: at(20) });
  const commits = store.commits(stream);
  expect([9, 10, 19, 20, 21].map((millis) => priceAsOf(commits, millis))).toEqual([undefined, 1, 1, 2, 2]);
});

it('has no view of a version that the stream never reached', async () => {
  const store = inMemoryEventStore();
  await run(store, productDecider, stream, list);
  const commits = store.commits(stream);
  expect(partAt(catalogue, commits, { version: 1 })).toMatchObject({ version: 1 });
  expect(partAt(catalogue, commits, { version: 2 })).toBeUndefined();
  expect(partAt(catalogue, [], { version: 1 })).toBeUndefined();
});

it('stamps a command that was overtaken on its way no earlier than what came before it', async () => {
  const store = inMemoryEventStore();
  await run(store, productDecider, stream, list, { time: at(12) });
  const late = await run(store, productDecider, stream, priced(2), { time: at(10) });
  expect(late).toMatchObject({ kind: 'done', version: 2 });
  expect(store.commits(stream).map(({ time }) => time)).toEqual([at(12), at(12)]);
  expect([11, 12].map((millis) => priceAsOf(store.commits(stream), millis))).toEqual([undefined, 2]);
});

it.each([true, false])(
  'stamps the loser of a race no earlier than its winner (store gives the winner: %s)',
  async (given) => {
    const store = inMemoryEventStore();
    const racing = {
      ...store,
      append: async (commit: Commit) => {
        const result = await store.append(commit);
        return given || result.kind === 'appended' ? result : ({ kind: 'conflict' } as const);
      },
    };
    await run(store, productDecider, stream, list, { time: at(1) });
    await run(store, productDecider, stream, priced(2), { time: at(9) });
    const ports = { store: racing, wait: async () => {}, random: () => 0 };
    const [first] = store.commits(stream) as [Commit];
    const behind = { ...emptyStream(productDecider), version: 1, time: first.time };
    const state = productDecider.evolve(behind.state, {
      type: 'ProductListed',
      data: { ...list, type: undefined } as never,
    });
    await executeFrom(ports, productDecider, request(stream, priced(3), { time: at(5) }), { ...behind, state });
    expect(store.commits(stream).map(({ time }) => time)).toEqual([at(1), at(9), at(9)]);
  },
);

it('keeps times from falling whatever the clocks of the writers say, across snapshots too', async () => {
  const clocks = fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 60, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(clocks, async (skews) => {
      const store = inMemoryEventStore();
      await run(store, productDecider, stream, list, { time: at(0) });
      for (const [index, skew] of skews.entries()) {
        await run(store, productDecider, stream, priced(index + 2), { time: at(100 * index + skew) });
      }
      const commits = store.commits(stream);
      const times = commits.map(({ time }) => time);
      expect(times).toEqual(times.toSorted());
      for (const { version, time } of commits) {
        expect(partAt(catalogue, commits, { asOf: time })?.version).toBeGreaterThanOrEqual(version);
      }
    }),
    { numRuns: 20 },
  );
});

it('answers a repeated command with its first commit, whatever the clock says then', async () => {
  const store = inMemoryEventStore();
  await run(store, productDecider, stream, list, { time: at(5), key: 'k' });
  expect(await run(store, productDecider, stream, list, { time: at(1), key: 'k' })).toMatchObject({
    effect: 'replayed',
  });
  expect(store.commits(stream)).toHaveLength(1);
});

it('folds commits whose times fell when they were written no earlier than those before them', async () => {
  const store = inMemoryEventStore();
  await run(store, productDecider, stream, list, { time: at(12) });
  await run(store, productDecider, stream, priced(2), { time: at(13) });
  const [first, second] = store.commits(stream) as [Commit, Commit];
  const fallen = [first, { ...second, time: at(10) }];
  expect([10, 11, 12, 13].map((millis) => priceAsOf(fallen, millis))).toEqual([undefined, undefined, 2, 2]);
});
