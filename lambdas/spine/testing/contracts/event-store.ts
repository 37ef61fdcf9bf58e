// The contract of the event store port.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Commit, eventId } from '../../kernel/envelope.ts';
import type { EventStore } from '../../kernel/event-store.ts';

export interface EventStoreFactory {
  /** Whether a conflict carries the commit that won. */
  readonly givesWinner: boolean;
  start(): Promise<EventStore>;
  stop(): Promise<void>;
}

let streams = 0;
const newStream = (): string => `thing-${streams++}`;

const commit = (stream: string, version: number, name = 'thing'): Commit => ({
  stream,
  version,
  id: `${stream}-${version}-${name.length}`,
  time: '2026-01-01T00:00:00.000Z',
  correlationId: 'correlation',
  causationId: 'cause',
  events: [{ type: 'Named', schemaVersion: '1.0.0', data: { name } }],
});

async function inBatches<Item>(items: readonly Item[], size: number, task: (item: Item) => Promise<unknown>) {
  for (let start = 0; start < items.length; start += size)
    await Promise.all(items.slice(start, start + size).map(task));
}

/** Call it in a `describe`. */
export function eventStoreContract({ start, stop, givesWinner }: EventStoreFactory): void {
  let store: EventStore;
  beforeAll(async () => {
    store = await start();
  });
  afterAll(() => stop());

  const allOf = (stream: string): Promise<Commit[]> => Array.fromAsync(store.readForward(stream, 0));

  it('gives back a commit as it was written', async () => {
    const written: Commit = {
      ...commit(newStream(), 1),
      actor: 'sub',
      idempotency: { key: 'k', payload: 'p' },
      snapshot: { generation: 1, state: { stage: 'unlisted' }, marks: [{ key: 'k', payload: 'p', version: 1 }] },
      riders: { state: Uint8Array.of(0, 255), keys: Uint8Array.of(1), run: new Uint8Array(2_000).fill(7) },
      events: [
        { type: 'T', schemaVersion: '1.0.0', data: { empty: '', zero: 0, none: null }, personal: { address: 'a@b' } },
      ],
    };
    expect(await store.append(written)).toEqual({ kind: 'appended' });
    expect(await allOf(written.stream)).toEqual([written]);
  });

  it('answers the second commit at a version with a conflict and keeps the first', async () => {
    const stream = newStream();
    await store.append(commit(stream, 1, 'first'));
    const result = await store.append(commit(stream, 1, 'second one'));
    const winner = givesWinner ? { winner: commit(stream, 1, 'first') } : {};
    expect(result).toEqual({ kind: 'conflict', ...winner });
    expect(await allOf(stream)).toEqual([commit(stream, 1, 'first')]);
  });

  it('reads forward after a version, and backward newest first', async () => {
    const stream = newStream();
    for (const version of [1, 2, 3]) await store.append(commit(stream, version));
    const forward = await Array.fromAsync(store.readForward(stream, 1));
    const backward = (await Array.fromAsync(store.readBackward(stream))).flat();
    expect(forward.map(({ version }) => version)).toEqual([2, 3]);
    expect(backward.map(({ version }) => version)).toEqual([3, 2, 1]);
    const newer = (await Array.fromAsync(store.readBackward(stream, 1))).flat();
    expect(newer.map(({ version }) => version)).toEqual([3, 2]);
  });

  it('finds the commits that hold single events, of many streams, each once', async () => {
    const stream = newStream();
    const one = commit(stream, 1);
    await store.append({ ...one, events: [...one.events, ...one.events] });
    await store.append(commit(stream, 3));
    const others = Array.from({ length: 205 }, (_, index) => `${stream}-${index}`);
    await inBatches(others, 25, (other) => store.append(commit(other, 1)));
    const namesOf = async (events: readonly { stream: string; version: number }[]) =>
      (await store.commitsHolding(events)).map(eventId).sort();
    for (const [version, held] of [
      [1, [`${stream}@1`]],
      [2, [`${stream}@1`]],
      [3, [`${stream}@3`]],
      [4, []],
    ] as const)
      expect(await namesOf([{ stream, version }])).toEqual(held);
    const named = [...others.map((other) => ({ stream: other, version: 1 })), { stream, version: 3 }];
    expect(await namesOf([...named, ...named])).toEqual(named.map(eventId).sort());
    expect(await namesOf([1, 2].map((version) => ({ stream, version })))).toEqual([`${stream}@1`]);
    expect(await namesOf([])).toEqual([]);
  });

  it('keeps streams apart whose names begin alike', async () => {
    const stream = newStream();
    await store.append(commit(stream, 1));
    await store.append(commit(`${stream}-more`, 1));
    expect(await allOf(stream)).toHaveLength(1);
  });

  it('loads 300 commits of 12 KB, several pages, whole', { timeout: 120_000 }, async () => {
    const stream = newStream();
    const versions = Array.from({ length: 300 }, (_, index) => index + 1);
    await inBatches(versions, 25, (version) => store.append(commit(stream, version, 'x'.repeat(12_000))));
    const backward = (await Array.fromAsync(store.readBackward(stream))).flat();
    expect((await allOf(stream)).map(({ version }) => version)).toEqual(versions);
    expect(backward.map(({ version }) => version)).toEqual(versions.toReversed());
  });

  it('finds the commit that holds an event, and none that is not there', async () => {
    const stream = newStream();
    const one = commit(stream, 1);
    await store.append({ ...one, events: [...one.events, ...one.events] });
    await store.append(commit(stream, 3));
    const found = await Promise.all([1, 2, 3, 4].map((version) => store.commitWith({ stream, version })));
    expect(found.map((each) => each?.version)).toEqual([1, 1, 3, undefined]);
    expect(await store.commitWith({ stream: `${stream}-other`, version: 1 })).toBeUndefined();
  });
}
