// Views of several streams, whatever becomes of the hints: each part is the fold of its stream, and no reader's view goes back.
import { setImmediate } from 'node:timers/promises';
import fc, { type Scheduler } from 'fast-check';
import { expect, it } from 'vitest';
import type { ConsistencyToken } from '../../../lambdas/spine/http/queries/consistency.ts';
import { viewOf } from '../../../lambdas/spine/http/queries/views.ts';
import { type Hint, hintOf } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import { catchUp } from '../../../lambdas/spine/kernel/projections/catch-up.ts';
import { composeView } from '../../../lambdas/spine/kernel/projections/view.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { type Label, type Pile, shelf, shelfCommit, shelfKey, shelfRow } from '../../support/shelf.ts';

const STREAMS = ['product-A', 'stock-A', 'stock-A.1', 'product-A-1'] as const;
const KEYS = ['product-A', 'product-A-1'] as const;

const kinds = ['append', 'append', 'deliver', 'deliver', 'lose', 'read', 'readOwnWrite', 'readOwnWrite'] as const;
const steps = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    which: fc.noBias(fc.nat(999)),
    /** How many of the calls under way go on before the next step begins. */
    pace: fc.nat(6),
  }),
  { minLength: 40, maxLength: 100 },
);

/** One table of parts, every call of which waits for its turn, and one reader. */
function newWorld(scheduler: Scheduler) {
  const store = inMemoryEventStore();
  const memory = inMemoryReadTable<Label | Pile>(shelfKey);
  let isFree = false;
  const turn = () => (isFree ? Promise.resolve() : scheduler.schedule(Promise.resolve()));
  const table: typeof memory = {
    ...memory,
    get: (stream) => turn().then(() => memory.get(stream)),
    ofView: (key) => turn().then(() => memory.ofView(key)),
    put: (row, keys) => turn().then(() => memory.put(row, keys)),
  };
  const model = { projection: shelf, table, store };
  const hints: Hint[] = [];
  const versionOf = (stream: string) => store.commits(stream).length;
  const deliver = (hint: Hint) => catchUp(model, shelf, hint.stream, [hint]);

  const seen = new Map<string, number>();
  let reader: Promise<unknown> = Promise.resolve();
  async function read(key: string, tokens: readonly ConsistencyToken[]): Promise<void> {
    const view = await viewOf(model, key, tokens);
    if (!view) return;
    for (const row of view.rows) {
      expect(row.version).toBeGreaterThanOrEqual(seen.get(row.stream) ?? 0);
      expect(row).toEqual(shelfRow(store.commits(row.stream).slice(0, row.version)));
      seen.set(row.stream, row.version);
    }
    for (const { stream, version } of tokens) expect(seen.get(stream) ?? 0).toBeGreaterThanOrEqual(version);
  }
  const nextRead = (stream: string, tokens: readonly ConsistencyToken[]) => {
    reader = reader.then(() => read(shelfKey(stream), tokens));
    return reader;
  };

  const actions: Record<(typeof kinds)[number], (stream: string, which: number) => Promise<unknown>> = {
    async append(stream, which) {
      const value = stream.startsWith('product-') ? `name ${which}` : which;
      const commit = shelfCommit(stream, versionOf(stream) + 1, value);
      await store.append(commit);
      hints.push(...Array.from({ length: which % 5 === 0 ? 2 : 1 }, () => hintOf(commit)));
    },
    deliver: (_, which) => Promise.all(hints.splice(which % (hints.length || 1), 1).map(deliver)),
    lose: async (_, which) => hints.splice(which % (hints.length || 1), 1),
    read: (stream) => nextRead(stream, []),
    readOwnWrite: (stream) =>
      nextRead(
        stream,
        [{ stream, version: versionOf(stream) }].filter((each) => each.version),
      ),
  };
  return {
    begin: (kind: (typeof kinds)[number], which: number) =>
      actions[kind](STREAMS[which % STREAMS.length] as string, which),
    /** Delivers the newest hint of every stream, for whose sake no other matters. */
    async settle(): Promise<void> {
      isFree = true;
      for (const stream of STREAMS) for (const commit of store.commits(stream).slice(-1)) await deliver(hintOf(commit));
    },
    view: (key: string) => viewOf(model, key, []),
    expected(key: string) {
      const own = STREAMS.filter((stream) => shelfKey(stream) === key);
      const rows = own.map((stream) => shelfRow(store.commits(stream))).filter((row) => row !== undefined);
      return composeView(shelf, key, rows);
    },
  };
}

it('are the composed folds of their streams for any interleaving of hints, and never go back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), steps, async (scheduler, history) => {
      const world = newWorld(scheduler);
      const underWay: Promise<unknown>[] = [];
      for (const { kind, which, pace } of history) {
        underWay.push(world.begin(kind, which));
        await setImmediate();
        for (let count = 0; count < pace && scheduler.count() > 0; count += 1) await scheduler.waitNext(1);
      }
      await scheduler.waitFor(Promise.all(underWay));
      await world.settle();
      for (const key of KEYS) expect(await world.view(key)).toEqual(world.expected(key));
    }),
    { numRuns: 400 },
  );
});
