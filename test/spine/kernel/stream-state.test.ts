import { expect, it } from 'vitest';
import type { Commit, Snapshot } from '../../../lambdas/spine/kernel/envelope.ts';
import { loadStream } from '../../../lambdas/spine/kernel/execution/stream-state.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { productDecider } from '../../support/stocked-product.ts';

const stream = 'product-A';

const commit = (version: number, type: string, data: unknown, snapshot?: Snapshot): Commit => ({
  stream,
  version,
  id: `c${version}`,
  time: `2026-01-01T00:00:0${version}.000Z`,
  correlationId: 'c',
  causationId: 'c',
  events: [{ type, schemaVersion: '1.0.0', data }],
  ...(snapshot && { snapshot }),
});

/** A product of which 1, 2 and 3 were received; the second of these commits carries the snapshot. */
async function loadWith(snapshot: Snapshot | undefined) {
  const store = inMemoryEventStore();
  const listed = { sku: 'A', name: 'Anvil', unitPrice: 1, currency: 'EUR' };
  await store.append(commit(1, 'ProductListed', listed));
  await store.append(commit(2, 'StockReceived', { quantity: 1 }));
  await store.append(commit(3, 'StockReceived', { quantity: 2 }, snapshot));
  await store.append(commit(4, 'StockReceived', { quantity: 3 }));
  return loadStream(store, productDecider, stream);
}

/** A state that the schema takes and the events do not give: who finds it in what was loaded knows where it came from. */
const told = { ...{ stage: 'listed', sku: 'A', name: 'Anvil', unitPrice: 1, currency: 'EUR' }, onHand: 1000 };
const state = { ...told, reservations: {}, barred: [] };
const marks = [{ key: 'k', payload: 'p', version: 2 }];

it('goes on from a snapshot of its own generation', async () => {
  const loaded = await loadWith({ generation: productDecider.generation, state, marks });
  expect(loaded).toMatchObject({ version: 4, state: { onHand: 1003 } });
  expect(loaded.keys?.recent).toMatchObject([{ version: 2, mark: { key: 'k', payload: 'p', lastVersion: 2 } }]);
});

it('goes on from a snapshot in the order in which the commits were made', async () => {
  const store = inMemoryEventStore();
  const snapshot = { generation: productDecider.generation, state, marks };
  await store.append(commit(1, 'StockReceived', { quantity: 1 }, snapshot));
  await store.append(commit(2, 'ProductPriceChanged', { unitPrice: 2 }));
  await store.append(commit(3, 'ProductPriceChanged', { unitPrice: 3 }));
  expect(await loadStream(store, productDecider, stream)).toMatchObject({ version: 3, state: { unitPrice: 3 } });
});

it('goes on from the state of a snapshot whose keys are in no form that it knows, with those of the log', async () => {
  const loaded = await loadWith({ generation: productDecider.generation, state } as unknown as Snapshot);
  expect(loaded).toMatchObject({ version: 4, state: { onHand: 1003 }, keys: { recent: [], runs: [] } });
});

it.each([
  ['of an older generation', { generation: productDecider.generation - 1, state, marks }],
  ['of a newer generation', { generation: productDecider.generation + 1, state, marks }],
  ['that is none', null as unknown as Snapshot],
  ['that does not parse', { generation: productDecider.generation, state: { ...state, onHand: 'many' }, marks }],
])('passes over a snapshot %s', async (_, snapshot) => {
  const loaded = await loadWith(snapshot);
  expect(loaded).toMatchObject({ version: 4, state: { onHand: 6 } });
});

it('knows the time of the newest commit, with a snapshot and without', async () => {
  const newest = '2026-01-01T00:00:04.000Z';
  expect((await loadWith(undefined)).time).toBe(newest);
  expect((await loadWith({ generation: productDecider.generation, state, marks })).time).toBe(newest);
  const carrying = {
    readBackward: async function* () {
      yield [commit(4, 'StockReceived', { quantity: 3 }, { generation: productDecider.generation, state, marks })];
    },
  };
  expect((await loadStream(carrying as never, productDecider, stream)).time).toBe(newest);
});
