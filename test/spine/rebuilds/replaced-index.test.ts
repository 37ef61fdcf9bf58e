// An index in the place of another: lists are those of before until a rebuild has filled it, and no write is missing in either.
import { beforeEach, describe, expect, it } from 'vitest';
import { pageOfIndex } from '../../../lambdas/spine/http/queries/index-page.ts';
import type { Projection } from '../../../lambdas/spine/kernel/projections/projection.ts';
import { shapeOf } from '../../../lambdas/spine/kernel/sweep/full-marks.ts';
import { application, ManifestError } from '../../../lambdas/spine/manifest/application.ts';
import { tallyApplication } from '../manifest/tallies/tallies.ts';
import { account, type Balance, balancesOf, byLevel, foldOfAll } from './balances.ts';
import { rebuildWorld } from './world.ts';

/** Sorts by how often, not by how much. */
const byCount = { name: 'by-count', partitionKey: 'level', sortKey: 'count', replaces: byLevel } as const;

const before = balancesOf(1, [byLevel]);
const after: Projection<Balance> = {
  ...balancesOf(1, [byCount, byLevel]),
  indexKeys: (part) => ({ ...before.indexKeys(part), level: 'any', count: String(part.deposits).padStart(9, '0') }),
};
const old: Projection<Balance> = { ...before, indexKeys: (part) => ({ ...before.indexKeys(part), level: 'any' }) };

const accounts = Array.from({ length: 12 }, (_, at) => account(`${at}`, 1 + ((at * 5) % 12)));
const noTokens = { consistentWith: [] };

describe('an index that replaces another', () => {
  let world: ReturnType<typeof rebuildWorld>;
  beforeEach(async () => {
    world = rebuildWorld(after, { commitsPerPage: 1_000 });
    await world.append(accounts.flat());
    for (const commits of accounts) {
      const row = foldOfAll(old, commits);
      if (row) await world.table.put(row, old.indexKeys(row.part));
    }
  });
  const page = (limit = 100, cursor?: string) => {
    const { table, store, marks } = world;
    const model = { projection: after, table, store, marks };
    return pageOfIndex(model, { index: byCount, partition: 'any' }, { limit, cursor, ...noTokens });
  };
  const listed = async () => (await page()).rows.map(({ part }) => part);
  const sortedBy = (key: (part: Balance) => number) =>
    accounts
      .map((commits) => foldOfAll(after, commits)?.part as Balance)
      .toSorted((one, other) => key(other) - key(one));

  it('lists by the old one until a rebuild has filled it, and by itself then', async () => {
    const keys = (parts: readonly Balance[], key: (part: Balance) => number) => parts.map(key);
    expect(keys(await listed(), ({ cents }) => cents)).toEqual(
      keys(
        sortedBy(({ cents }) => cents),
        ({ cents }) => cents,
      ),
    );
    await world.ask('POST /ops/rebuilds', { readModel: 'balances' });
    await world.deliver(world.queue.shift());
    expect(keys(await listed(), ({ cents }) => cents)).toEqual(
      keys(
        sortedBy(({ cents }) => cents),
        ({ cents }) => cents,
      ),
    );
    await world.drain();
    const byDeposits = ({ deposits }: Balance) => deposits;
    expect(keys(await listed(), byDeposits)).toEqual(keys(sortedBy(byDeposits), byDeposits));
  });

  it('lists what is new in either, and shows each row once', async () => {
    const added = account('new', 3);
    await world.append(added);
    const row = foldOfAll(after, added);
    if (row) await world.table.put(row, after.indexKeys(row.part));
    expect(await listed()).toHaveLength(accounts.length + 1);
    await world.ask('POST /ops/rebuilds', { readModel: 'balances' });
    await world.drain();
    expect(await listed()).toHaveLength(accounts.length + 1);
  });

  it('goes on with a cursor in the index that it came from', async () => {
    const whole = (await page()).rows.map(({ stream }) => stream);
    const first = await page(5);
    await world.ask('POST /ops/rebuilds', { readModel: 'balances' });
    await world.drain();
    const second = await page(100, first.nextCursor);
    expect([...first.rows, ...second.rows].map(({ stream }) => stream)).toEqual(whole);
    const next = await page(5);
    const rest = await page(100, next.nextCursor);
    expect(new Set([...next.rows, ...rest.rows].map(({ stream }) => stream)).size).toBe(accounts.length);
  });

  it('is not taken as full where another version of the code swept a part of it', async () => {
    for (const pages of [1, 100]) {
      const mixed = rebuildWorld(after, { commitsPerPage: 2 });
      await mixed.append(accounts.flat());
      await mixed.ask('POST /ops/rebuilds', { readModel: 'balances' });
      mixed.ports.projections = [old as Projection<unknown>];
      await mixed.deliver(mixed.queue.shift(), pages);
      mixed.ports.projections = [after as Projection<unknown>];
      await mixed.drain();
      expect(await mixed.marks.isFull('balances', shapeOf(byCount))).toBe(false);
    }
    await world.ask('POST /ops/rebuilds', { readModel: 'balances' });
    await world.drain();
    expect(await world.marks.isFull('balances', shapeOf(byCount))).toBe(true);
  });

  it('stands beside the one that it replaces, under keys of its own', () => {
    const alone = { ...after, indexes: [byCount] } as Projection<unknown>;
    const shared = { ...byCount, sortKey: byLevel.sortKey };
    const withSharedKeys = { ...after, indexes: [shared, byLevel] } as Projection<unknown>;
    for (const [readModel, mistake] of [
      [alone, /which has to stand beside it/],
      [withSharedKeys, /has the keys of by-level/],
    ] as const) {
      const made = () => application({ ...tallyApplication, readModels: [readModel] });
      expect(made).toThrow(ManifestError);
      expect(made).toThrow(mistake);
    }
  });
});
