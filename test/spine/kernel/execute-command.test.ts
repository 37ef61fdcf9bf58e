import { expect, it } from 'vitest';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import type { EventStore } from '../../../lambdas/spine/kernel/event-store.ts';
import {
  executeCommand,
  MAX_ATTEMPTS,
  MOST_PAUSED_IN_MILLIS,
} from '../../../lambdas/spine/kernel/execution/execute-command.ts';
import { loadStream } from '../../../lambdas/spine/kernel/execution/stream-state.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { request, run } from '../../support/commands.ts';
import { productDecider } from '../../support/stocked-product.ts';

const stream = 'product-A';
const list = { type: 'ListProduct', sku: 'A', name: 'Anvil', unitPrice: 100, currency: 'EUR' } as const;
const receive = (quantity: number) => ({ type: 'ReceiveStock', sku: 'A', quantity }) as const;

async function listedStore() {
  const store = inMemoryEventStore();
  await run(store, productDecider, stream, list, { createsStream: true, key: 'list' });
  return store;
}

const onHand = async (store: EventStore): Promise<unknown> => {
  const { state } = await loadStream(store, productDecider, stream);
  return state.stage === 'listed' ? state.onHand : undefined;
};

it('appends the decision’s events with their provenance', async () => {
  const store = await listedStore();
  const outcome = await run(store, productDecider, stream, receive(3), { id: 'c1', time: '2026-02-03T04:05:06.789Z' });
  expect(outcome).toEqual({ kind: 'done', version: 2, effect: 'appended' });
  const { riders: _, ...commit } = store.commits(stream)[1] as Commit;
  expect(commit).toEqual({
    stream,
    version: 2,
    id: 'c1',
    time: '2026-02-03T04:05:06.789Z',
    correlationId: 'correlation-c1',
    causationId: 'c1',
    events: [{ type: 'StockReceived', schemaVersion: '1.0.0', data: { quantity: 3 } }],
  });
});

it('appends nothing when the decision is a no-op on the current state', async () => {
  const store = await listedStore();
  const outcome = await run(store, productDecider, stream, { type: 'ShipStock', sku: 'A', orderId: 'o' });
  expect(outcome).toEqual({ kind: 'done', version: 1, effect: 'none' });
  expect(store.commits(stream)).toHaveLength(1);
});

it('hands on a rejection and appends nothing', async () => {
  const store = inMemoryEventStore();
  const outcome = await run(store, productDecider, stream, receive(1));
  expect(outcome).toMatchObject({ kind: 'rejected', rejection: { kind: 'missing', code: 'not_found' } });
  expect(store.commits(stream)).toEqual([]);
});

it('replays a key that started the stream, even when the decision would be another now', async () => {
  const store = await listedStore();
  const again = await run(store, productDecider, stream, list, { createsStream: true, key: 'list' });
  expect(again).toEqual({ kind: 'done', version: 1, effect: 'replayed' });
  const other = await run(store, productDecider, stream, { ...list, name: 'B' }, { createsStream: true, key: 'list' });
  expect(other).toEqual({ kind: 'key-reused' });
});

it('looks for an earlier result before it rejects a keyed command that starts its stream', async () => {
  const store = await listedStore();
  const refusing = { ...productDecider, decide: () => ({ kind: 'rejected', rejection }) as const };
  const rejection = { kind: 'rule', code: 'closed', detail: 'closed' } as const;
  const outcome = await run(store, refusing, stream, list, { createsStream: true, key: 'list' });
  expect(outcome).toEqual({ kind: 'done', version: 1, effect: 'replayed' });
});

it('hands on what the store throws when it looks for an earlier result', async () => {
  const inner = await listedStore();
  const failing: EventStore = { ...inner, commitWith: () => Promise.reject(new Error('throttled')) };
  const again = run(failing, productDecider, stream, list, { key: 'list' });
  await expect(again).rejects.toThrow('throttled');
});

it('refuses another version than those expected, and replays a key before it compares versions', async () => {
  const store = await listedStore();
  const options = { key: 'k', expectedVersions: [1] };
  expect(await run(store, productDecider, stream, receive(1), options)).toMatchObject({ kind: 'done', version: 2 });
  expect(await run(store, productDecider, stream, receive(1), options)).toMatchObject({
    kind: 'done',
    effect: 'replayed',
  });
  const mismatch = await run(store, productDecider, stream, receive(1), { expectedVersions: [1] });
  expect(mismatch).toEqual({ kind: 'version-mismatch', version: 2 });
});

it('takes any version of a stream that has begun, and one of a list', async () => {
  const store = await listedStore();
  for (const expectedVersions of ['any', [7, 2]] as const) {
    expect(await run(store, productDecider, stream, receive(1), { expectedVersions })).toMatchObject({ kind: 'done' });
  }
  const none = await run(store, productDecider, stream, receive(1), { expectedVersions: [] });
  expect(none).toEqual({ kind: 'version-mismatch', version: 3 });
  const unlisted = { ...list, sku: 'B-1' };
  expect(await run(store, productDecider, 'product-B-1', unlisted, { expectedVersions: 'any' })).toEqual({
    kind: 'version-mismatch',
    version: 0,
  });
});

it('looks at the stream that a command would start when a version of it is expected', async () => {
  const store = await listedStore();
  const options = { createsStream: true, expectedVersions: [2] };
  expect(await run(store, productDecider, stream, list, options)).toEqual({ kind: 'version-mismatch', version: 1 });
});

it('tells who may not see a stream that it is missing, before any version is compared', async () => {
  const store = await listedStore();
  const rejection = { kind: 'missing', code: 'not_found', detail: 'not yours' } as const;
  const hiding = { ...productDecider, decide: () => ({ kind: 'rejected', rejection }) as const };
  for (const expectedVersions of ['any', [1], [9]] as const) {
    expect(await run(store, hiding, stream, receive(1), { expectedVersions })).toEqual({ kind: 'rejected', rejection });
  }
});

it('knows its own commit again when the answer to the write was lost', async () => {
  const inner = await listedStore();
  const forgetful: EventStore = {
    ...inner,
    append: async (commit) => {
      const first = await inner.append(commit);
      return first.kind === 'appended' ? inner.append(commit) : first;
    },
  };
  expect(await run(forgetful, productDecider, stream, receive(1))).toEqual({
    kind: 'done',
    version: 2,
    effect: 'appended',
  });
  expect(inner.commits(stream)).toHaveLength(2);
});

it.each([true, false])(
  'folds in what the winner wrote and decides again (store gives the winner: %s)',
  async (given) => {
    const inner = await listedStore();
    let races = 2;
    const racing: EventStore = {
      ...inner,
      append: async (commit) => {
        if (races-- > 0) await run(inner, productDecider, stream, receive(10));
        const result = await inner.append(commit);
        return given || result.kind === 'appended' ? result : { kind: 'conflict' };
      },
    };
    expect(await run(racing, productDecider, stream, receive(1))).toMatchObject({ kind: 'done', version: 4 });
    expect(await onHand(inner)).toBe(21);
  },
);

it('gives up after a bounded number of lost races and has written nothing', async () => {
  const inner = await listedStore();
  const racing: EventStore = {
    ...inner,
    append: async (commit) => {
      await run(inner, productDecider, stream, receive(10));
      return inner.append(commit);
    },
  };
  expect(await run(racing, productDecider, stream, receive(1))).toEqual({ kind: 'contention' });
  expect(await onHand(inner)).toBe(10 * MAX_ATTEMPTS);
});

it('gives up after five seconds in pauses, however few races it has lost', async () => {
  const inner = await listedStore();
  const racing: EventStore = {
    ...inner,
    append: async (commit) => {
      await run(inner, productDecider, stream, receive(10));
      return inner.append(commit);
    },
  };
  const pauses: number[] = [];
  const ports = { store: racing, wait: async (millis: number) => void pauses.push(millis), random: () => 1 };
  expect(await executeCommand(ports, productDecider, request(stream, receive(1)))).toEqual({ kind: 'contention' });
  const paused = pauses.reduce((sum, millis) => sum + millis, 0);
  expect(paused).toBeGreaterThan(MOST_PAUSED_IN_MILLIS);
  expect(paused - (pauses.at(-1) ?? 0)).toBeLessThanOrEqual(MOST_PAUSED_IN_MILLIS);
});
