// A read table in the place of one whose rows lie under other keys: answers are those of before until a rebuild has filled it, and no
// read fails or goes back on the way.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageOfIndex } from '../../../lambdas/spine/http/queries/index-page.ts';
import { rowOf } from '../../../lambdas/spine/http/queries/read-model.ts';
import { lastVersion } from '../../../lambdas/spine/kernel/envelope.ts';
import { catchUpFromStore } from '../../../lambdas/spine/kernel/projections/catch-up.ts';
import type { Projection } from '../../../lambdas/spine/kernel/projections/projection.ts';
import { tableInPlace } from '../../../lambdas/spine/kernel/projections/table-in-place.ts';
import { tableNamed } from '../../../lambdas/spine/kernel/sweep/full-marks.ts';
import { application } from '../../../lambdas/spine/manifest/application.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { tallyApplication } from '../manifest/tallies/tallies.ts';
import { account, type Balance, balancesOf, byLevel, deposits, foldOfAll } from './balances.ts';
import { rebuildWorld } from './world.ts';

const before: Projection<Balance> = { ...balancesOf(1, [byLevel]), viewKey: (stream) => `all of ${stream.length}` };
/** Where before all accounts of names as long were one view, now each has a view of its own. */
const after: Projection<Balance> = {
  ...before,
  name: 'balances-by-account',
  viewKey: (stream) => stream,
  replaces: { ...before, viewsOf: (key) => [before.viewKey(key)] },
};

function tables() {
  const [old, table] = [inMemoryReadTable<Balance>(before.viewKey), inMemoryReadTable<Balance>(after.viewKey)];
  const state = { isFull: false };
  const replaced = after.replaces as NonNullable<typeof after.replaces>;
  const inPlace = tableInPlace({
    ...{ projection: after, table, before: { table: old, replaced }, keyAttribute: 'view' },
    isFull: async () => state.isFull,
  });
  return { old, table, state, inPlace };
}

/** What can happen to two streams, in any order. */
async function runOf() {
  const { old, table, state, inPlace } = tables();
  const store = inMemoryEventStore();
  const streams = ['a', 'b'].map((name) => account(name, 2));
  for (const commit of streams.flat()) await store.append(commit);
  const nameOf = (at: number) => streams[at]?.[0]?.stream ?? '';
  const headOf = (at: number) => lastVersion(streams[at]?.at(-1) ?? { version: 0, events: [] });
  const projectBefore = (at: number) => catchUpFromStore({ store, table: old }, before, nameOf(at));
  const project = (at: number) => catchUpFromStore({ store, table }, after, nameOf(at));
  for (const at of streams.keys()) await projectBefore(at);

  const model = { projection: after, table: inPlace, store };
  const seen = new Map<number, number>();
  const look = (at: number, version = 0) => {
    expect(version).toBeGreaterThanOrEqual(seen.get(at) ?? 1);
    seen.set(at, version);
  };
  const unswept = [...streams.keys()];
  return {
    ...{ project, projectBefore },
    append: async (at: number) => {
      const commit = deposits(nameOf(at), headOf(at) + 1, 3);
      streams[at]?.push(commit);
      await store.append(commit);
    },
    async sweep() {
      const next = unswept.shift();
      if (next !== undefined) await project(next);
      state.isFull = unswept.length === 0;
    },
    read: async (at: number) => look(at, (await rowOf(model, nameOf(at), []))?.version),
    async readOwnWrite(at: number) {
      look(at, (await rowOf(model, nameOf(at), [{ stream: nameOf(at), version: headOf(at) }]))?.version);
      expect(seen.get(at)).toBe(headOf(at));
    },
    async readView(at: number) {
      const rows = await inPlace.ofView(after.viewKey(nameOf(at)));
      expect(rows.map(({ stream }) => stream)).toEqual([nameOf(at)]);
      look(at, rows[0]?.version);
    },
  };
}
const kinds = ['append', 'project', 'projectBefore', 'sweep', 'read', 'readOwnWrite', 'readView'] as const;

describe('a table in the place of another', () => {
  it('gives no row that is behind one that was read, and lacks none, whoever is late', async () => {
    const step = fc.record({ kind: fc.constantFrom(...kinds), at: fc.nat(1) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60 }), async (steps) => {
        const run = await runOf();
        for (const { kind, at } of steps) await run[kind](at);
      }),
      { numRuns: 300 },
    );
  });

  it('goes on with a page of an index over the switch', async () => {
    const { old, table, state, inPlace } = tables();
    const accounts = Array.from({ length: 9 }, (_, at) => account(`${at}`.repeat(1 + (at % 3)), 1 + (at % 4)));
    for (const commits of accounts) {
      const row = foldOfAll(after, commits);
      for (const each of [old, table]) if (row) await each.put(row, after.indexKeys(row.part));
    }
    for (const switchedAt of [0, 1, 2, 3, 99]) {
      const listed: string[] = [];
      let cursor: string | undefined;
      let pages = 0;
      do {
        state.isFull = pages >= switchedAt;
        const list = { index: byLevel, partition: 'low' };
        const model = { projection: after, table: inPlace, store: inMemoryEventStore() };
        const page = await pageOfIndex(model, list, { limit: 2, cursor, consistentWith: [] });
        listed.push(...page.rows.map(({ stream }) => stream));
        cursor = page.nextCursor;
        pages += 1;
      } while (cursor !== undefined);
      expect(listed.toSorted()).toEqual(accounts.map((commits) => commits[0]?.stream).toSorted());
    }
  });

  it('is gone through by the table of before until it is full', async () => {
    const { old, inPlace } = tables();
    for (let at = 0; at < 7; at += 1) {
      const row = foldOfAll(before, account(`${'x'.repeat(at)}`, 1));
      if (row) await old.put(row, before.indexKeys(row.part));
    }
    const found: string[] = [];
    let after: Readonly<Record<string, string>> | undefined;
    do {
      const page = await inPlace.scan({ limit: 2, after });
      found.push(...page.rows.map(({ stream }) => stream));
      after = page.end;
      expect(after?.['view'] ?? after?.['stream']).toBe(after?.['stream']);
    } while (after);
    expect(found).toHaveLength(7);
  });
});

describe('a rebuild of a table in the place of another', () => {
  it('marks it as full at its end, by the name of the table', async () => {
    const world = rebuildWorld(after);
    await world.append(account('a', 3));
    await world.ask('POST /ops/rebuilds', { readModel: after.name });
    const isFull = () => world.marks.isFull(after.name, tableNamed('balances-table'));
    await world.deliver(world.queue.shift());
    expect(await isFull()).toBe(false);
    await world.drain();
    expect(await isFull()).toBe(true);
  });

  it('stands beside the one that it replaces, with the same rows', () => {
    const made = (...readModels: Projection<Balance>[]) =>
      application({
        ...tallyApplication,
        categories: [...tallyApplication.categories, 'account'],
        readModels: readModels as Projection<unknown>[],
      });
    expect(() => made(after)).toThrow(/which has to stand beside it/);
    expect(() => made(after, { ...before, generation: 7 })).toThrow(/the same categories, generation and indexes/);
    expect(() => made(after, { ...before, indexes: [] })).toThrow(/the same categories, generation and indexes/);
    made(after, before);
  });
});
