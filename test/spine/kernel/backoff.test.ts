import { expect, it } from 'vitest';
import { backoffMillis } from '../../../lambdas/spine/kernel/backoff.ts';
import { executeCommand, MAX_ATTEMPTS } from '../../../lambdas/spine/kernel/execution/execute-command.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { request, run } from '../../support/commands.ts';
import { productDecider } from '../../support/stocked-product.ts';

it('doubles its longest pause with each attempt, up to half a second', () => {
  expect([1, 2, 3, 5, 6, 10].map((attempt) => backoffMillis(attempt, 1))).toEqual([20, 40, 80, 320, 500, 500]);
});

it('spreads those who wait over the whole pause', () => {
  expect([0, 0.25, 0.5, 0.75].map((random) => backoffMillis(3, random))).toEqual([0, 20, 40, 60]);
});

it('is how long a command waits that loses one race after the other, from the second on and not after the last', async () => {
  const stream = 'product-A';
  const store = inMemoryEventStore();
  await run(store, productDecider, stream, { type: 'ListProduct', sku: 'A', name: 'A', unitPrice: 1, currency: 'EUR' });
  const command = { type: 'ChangePrice', sku: 'A', unitPrice: 2 } as const;
  const overtaken = {
    ...store,
    append: async (commit: Parameters<typeof store.append>[0]) => {
      await run(store, productDecider, stream, command);
      return store.append(commit);
    },
  };
  const waits: number[] = [];
  const draws = Array.from({ length: MAX_ATTEMPTS }, (_, index) => index / MAX_ATTEMPTS / 20);
  const ports = {
    store: overtaken,
    wait: async (millis: number) => {
      waits.push(millis);
    },
    random: () => draws[waits.length] ?? 1,
  };
  expect(await executeCommand(ports, productDecider, request(stream, command))).toEqual({ kind: 'contention' });
  expect(waits).toEqual(draws.slice(0, MAX_ATTEMPTS - 2).map((draw, index) => backoffMillis(index + 2, draw)));
  expect(new Set(waits).size).toBe(waits.length);
});
