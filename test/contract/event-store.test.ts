// One suite, every event store; and what command execution makes of each.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Commit, lastVersion } from '../../lambdas/spine/kernel/envelope.ts';
import type { EventStore } from '../../lambdas/spine/kernel/event-store.ts';
import { keptStreams } from '../../lambdas/spine/kernel/execution/kept-streams.ts';
import { packState } from '../../lambdas/spine/kernel/execution/state-rider.ts';
import { loadStream } from '../../lambdas/spine/kernel/execution/stream-state.ts';
import { eventStoreContract } from '../../lambdas/spine/testing/contracts/event-store.ts';
import { type Options, run as runCold } from '../support/commands.ts';
import { type ProductCommand, productDecider } from '../support/stocked-product.ts';
import { eventStores } from './support/event-stores.ts';

const listed = { type: 'ListProduct', sku: 'A', name: 'Anvil', unitPrice: 100, currency: 'EUR' } as const;
const receiveOne = { type: 'ReceiveStock', sku: 'A', quantity: 1 } as const;

let streams = 0;
const newStream = (): string => `product-${streams++}`;

const commit = (stream: string, version: number, name = 'Anvil'): Commit => ({
  stream,
  version,
  id: `${stream}-${version}-${name.length}`,
  time: '2026-01-01T00:00:00.000Z',
  correlationId: 'correlation',
  causationId: 'cause',
  events: [{ type: 'ProductListed', schemaVersion: '1.0.0', data: { ...listed, type: undefined, name } }],
});

const suite = (implementation: (typeof eventStores)[number], keeps: boolean): void => {
  const kept = keeps ? keptStreams() : undefined;
  const run = (
    of: EventStore,
    decider: typeof productDecider,
    stream: string,
    command: ProductCommand,
    options?: Options,
  ) => runCold(of, decider, stream, command, { ...options, ...(kept && { kept }) });
  let store: EventStore;
  beforeAll(async () => {
    store = await implementation.start();
  });
  afterAll(() => implementation.stop());

  const allOf = (stream: string): Promise<Commit[]> => Array.fromAsync(store.readForward(stream, 0));

  it('loses nothing of 20 writers on one stream, and leaves no gap and no duplicate', async () => {
    const stream = newStream();
    await run(store, productDecider, stream, listed);
    const untilDone = async (): Promise<number> => {
      const outcome = await run(store, productDecider, stream, receiveOne);
      return outcome.kind === 'done' ? outcome.version : untilDone();
    };
    const acknowledged = await Promise.all(Array.from({ length: 20 }, untilDone));
    const commits = await allOf(stream);
    expect(commits.map(({ version }) => version)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    expect(acknowledged.toSorted((left, right) => left - right)).toEqual(commits.slice(1).map(lastVersion));
    const { state } = await loadStream(store, productDecider, stream);
    expect(state).toMatchObject({ onHand: 20 });
  });

  it('gives a replayed key its first result 100 commits later, and appends nothing', async () => {
    const stream = newStream();
    await run(store, productDecider, stream, listed);
    const first = await run(store, productDecider, stream, { ...receiveOne, quantity: 5 }, { key: 'once' });
    for (let count = 0; count < 100; count += 1)
      await run(store, productDecider, stream, receiveOne, { key: `k${count}` });
    const replayed = await run(store, productDecider, stream, { ...receiveOne, quantity: 5 }, { key: 'once' });
    expect(first).toEqual({ kind: 'done', version: 2, effect: 'appended' });
    expect(replayed).toEqual({ kind: 'done', version: 2, effect: 'replayed' });
    expect(await run(store, productDecider, stream, receiveOne, { key: 'once' })).toEqual({ kind: 'key-reused' });
    expect(await allOf(stream)).toHaveLength(102);
  });

  it('passes over a state of another generation and one that does not parse', async () => {
    const stream = newStream();
    await run(store, productDecider, stream, listed);
    for (let count = 0; count < 60; count += 1) await run(store, productDecider, stream, receiveOne);
    const expected = { stage: 'listed', onHand: 60 };
    const twice: typeof productDecider.evolve = (state, event) =>
      event.type === 'StockReceived'
        ? productDecider.evolve(productDecider.evolve(state, event), event)
        : productDecider.evolve(state, event);
    const otherGeneration = { ...productDecider, generation: productDecider.generation + 1, evolve: twice };
    expect((await loadStream(store, productDecider, stream)).state).toMatchObject(expected);
    expect((await loadStream(store, otherGeneration, stream)).state).toMatchObject({ ...expected, onHand: 120 });

    const broken: Commit = {
      ...commit(stream, 62),
      riders: { state: packState(productDecider, { stage: '?' }) },
      events: [{ type: 'StockReceived', schemaVersion: '1.0.0', data: { quantity: 40 } }],
    };
    await store.append(broken);
    expect((await loadStream(store, productDecider, stream)).state).toMatchObject({ ...expected, onHand: 100 });
  });
};

for (const implementation of eventStores) {
  describe.skipIf(!implementation.isAvailable)(`the event store: ${implementation.name}`, () =>
    eventStoreContract(implementation),
  );
  for (const keeps of [false, true]) {
    const name = `the event store: ${implementation.name}, ${keeps ? 'with kept streams' : 'read each time'}`;
    describe.skipIf(!implementation.isAvailable)(name, () => suite(implementation, keeps));
  }
}
