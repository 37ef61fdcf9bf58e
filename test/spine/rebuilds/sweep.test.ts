// A sweep of the event table: what it writes, what it leaves, and what stops it.
import { describe, expect, it } from 'vitest';
import { type Commit, lastVersion } from '../../../lambdas/spine/kernel/envelope.ts';
import type { Projection } from '../../../lambdas/spine/kernel/projections/projection.ts';
import { newSegments, type RebuildJob, sweptOf } from '../../../lambdas/spine/kernel/sweep/rebuild-job.ts';
import { RefusedRowError } from '../../../lambdas/spine/kernel/sweep/swept-table.ts';
import { sweepSegment } from '../../../lambdas/spine/ops/rebuilds/sweep-segment.ts';
import { inMemoryEventScan } from '../../../lambdas/spine/testing/memory/event-scan.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { inMemoryRebuildJobs } from '../../../lambdas/spine/testing/memory/rebuild-jobs.ts';
import { account, type Balance, balancesOf, byLevel, foldOfAll } from './balances.ts';

const estimate = { streams: 0, events: 0, readUnits: 0, writeUnits: 0, dollars: 0, seconds: 0 };
const job: RebuildJob = {
  ...{ id: 'rebuild-1', readModel: 'balances', state: 'running', estimate, startedAt: '2026-01-01T00:00:00.000Z' },
  segments: newSegments(3),
};

async function world(commitsPerPage = 7) {
  const [store, table, jobs] = [inMemoryEventStore(), inMemoryReadTable<Balance>(), inMemoryRebuildJobs()];
  await jobs.begin(job);
  const ports = {
    ...{ store, table, jobs, scan: inMemoryEventScan(store, commitsPerPage) },
    spent: () => ({ read: 0, write: 0 }),
  };
  const append = async (commits: readonly Commit[]) => {
    for (const commit of commits) await store.append(commit);
  };
  const sweepOne = async (projection: Projection<Balance>, segment: number, hasTime = () => true) => {
    const pace = { read: 1_000_000, write: 1_000_000 };
    return sweepSegment(ports, projection, (await jobs.load(job.id)) ?? job, segment, { pace, hasTime });
  };
  const sweep = async (projection: Projection<Balance>) => {
    for (const segment of job.segments.keys()) expect((await sweepOne(projection, segment)).kind).toBe('done');
    return sweptOf((await jobs.load(job.id)) ?? job);
  };
  const expectFolds = (projection: Projection<Balance>) => {
    for (const stream of store.streams().filter((name) => name.startsWith('account-'))) {
      expect(table.rows.get(stream)).toEqual(foldOfAll(projection, store.commits(stream)));
    }
  };
  return { ...ports, append, sweepOne, sweep, expectFolds };
}

const accounts = Array.from({ length: 30 }, (_, at) => account(`${at}`, 1 + (at % 11)));

describe('a sweep', () => {
  it('fills an empty table with the folds of all streams, wherever its pages cut them', async () => {
    for (const commitsPerPage of [1, 2, 7, 1_000]) {
      const { append, sweep, expectFolds } = await world(commitsPerPage);
      await append(accounts.flat());
      const swept = await sweep(balancesOf(1));
      expectFolds(balancesOf(1));
      expect(swept.events).toBe(accounts.flat().reduce((sum, { events }) => sum + events.length, 0));
    }
  });

  it('passes streams of other categories over', async () => {
    const { append, sweep, table } = await world();
    await append([...account('a', 2), { ...(account('b', 1)[0] as Commit), stream: 'parcel-1' }]);
    expect((await sweep(balancesOf(1))).streams).toBe(1);
    expect([...table.rows.keys()]).toEqual(['account-a']);
  });

  it('writes nothing where every row stands already', async () => {
    const { append, sweepOne, sweep, table } = await world();
    await append(accounts.flat());
    await sweep(balancesOf(1));
    const writes = table.writes();
    const again = await world();
    await again.append(accounts.flat());
    for (const row of table.rows.values()) await again.table.put(row, {});
    expect((await again.sweep(balancesOf(1))).written).toBe(0);
    expect(again.table.writes()).toBe(accounts.length);
    expect(writes).toBeGreaterThanOrEqual(accounts.length);
    expect((await sweepOne(balancesOf(1), 0)).kind).toBe('done');
  });

  it('folds rows of another generation anew, of an older and of a newer one', async () => {
    const { append, sweep, table, expectFolds } = await world();
    await append(accounts.flat());
    for (const [at, commits] of accounts.entries()) {
      const row = foldOfAll(balancesOf(1 + (at % 3)), commits);
      if (row) await table.put(row, {});
    }
    await sweep(balancesOf(2));
    expectFolds(balancesOf(2));
  });

  it('writes untouched rows under the keys of a new index', async () => {
    const { append, sweep, table } = await world(1_000);
    await append(accounts.flat());
    for (const commits of accounts) {
      const row = foldOfAll(balancesOf(1), commits);
      if (row) await table.put(row, {});
    }
    const indexed = balancesOf(1, [byLevel]);
    expect((await sweep(indexed)).written).toBe(accounts.length);
    const low = await table.query(byLevel, 'low', { limit: 100 });
    const high = await table.query(byLevel, 'high', { limit: 100 });
    expect(low.rows.length + high.rows.length).toBe(accounts.length);
  });

  it('never moves a row back that a projector brought further in the meantime', async () => {
    const { append, sweepOne, table, scan, store, expectFolds } = await world(1_000);
    await append(accounts.flat());
    const [first, ...others] = accounts;
    const version = lastVersion(first?.at(-1) as Commit) + 1;
    const page = scan.page;
    // The event comes after the page was read, and its projector, of another generation, is quicker than the sweep.
    scan.page = async (request) => {
      const read = await page(request);
      if (!read.commits.some(({ stream }) => stream === 'account-0')) return read;
      const more = { ...(first?.[0] as Commit), version, id: 'more' };
      await store.append(more);
      const row = foldOfAll(balancesOf(9), [...(first ?? []), more]);
      if (row) await table.put(row, {});
      return read;
    };
    for (const segment of job.segments.keys()) await sweepOne(balancesOf(1), segment);
    expect(others.length).toBe(29);
    expectFolds(balancesOf(1));
    expect(table.rows.get('account-0')?.version).toBe(version);
  });

  it('folds anew what a projector of another fold wrote between the look and the write', async () => {
    const { append, sweepOne, table, store, expectFolds } = await world(1_000);
    await append(accounts.flat());
    const first = accounts[0] as Commit[];
    const { marks } = table;
    Object.assign(table, {
      marks: async (streams: readonly string[]) => {
        const found = await marks(streams);
        if (!streams.includes('account-0')) return found;
        const more = { ...(first[0] as Commit), version: lastVersion(first.at(-1) as Commit) + 1, id: 'more' };
        await store.append(more);
        const row = foldOfAll(balancesOf(9), [...first, more]);
        if (row) await table.put(row, {});
        return found;
      },
    });
    for (const segment of job.segments.keys()) await sweepOne(balancesOf(1), segment);
    expectFolds(balancesOf(1));
  });

  it('counts a stream that cannot be read and goes on', async () => {
    const { append, sweep, table } = await world();
    const bad = {
      ...(account('bad', 1)[0] as Commit),
      events: [{ type: 'Unknown', schemaVersion: '1.0.0', data: {} }],
    };
    await append([bad, ...accounts.flat()]);
    expect(await sweep(balancesOf(1))).toMatchObject({ unreadable: 1 });
    expect(table.rows.size).toBe(accounts.length);
  });

  it('counts a row that the table refuses, and writes the others', async () => {
    const { append, sweep, table } = await world();
    await append(accounts.flat());
    const { rewrite } = table;
    table.rewrite = async (row, keys) => {
      if (row.stream === 'account-3') throw new RefusedRowError('Item size has exceeded the maximum allowed size');
      return rewrite(row, keys);
    };
    expect(await sweep(balancesOf(1))).toMatchObject({
      unreadable: 1,
      leftOut: [{ stream: 'account-3', reason: 'Item size has exceeded the maximum allowed size' }],
    });
    expect(table.rows.size).toBe(accounts.length - 1);
  });

  it('does not take a table that is down for a row that it refuses', async () => {
    const { append, sweep, table, jobs } = await world();
    await append(accounts.flat());
    table.rewrite = async () => {
      throw new Error('down');
    };
    await expect(sweep(balancesOf(1))).rejects.toThrow('down');
    expect(sweptOf((await jobs.load(job.id)) ?? job).unreadable).toBe(0);
  });

  it('stops when its time is up, and goes on from there', async () => {
    const { append, sweepOne, jobs, expectFolds } = await world();
    await append(accounts.flat());
    let pages = 0;
    for (const segment of job.segments.keys()) {
      while ((await sweepOne(balancesOf(1), segment, () => false)).kind === 'more') pages += 1;
    }
    expect(pages).toBeGreaterThan(10);
    expectFolds(balancesOf(1));
    const events = accounts.flat().reduce((sum, commit) => sum + commit.events.length, 0);
    expect(sweptOf((await jobs.load(job.id)) ?? job).events).toBe(events);
  });

  it('stops at its next checkpoint when it is cancelled', async () => {
    const { append, sweepOne, jobs, table } = await world(2);
    await append(accounts.flat());
    await jobs.end(job.id, 'cancelled', '2026-01-01T00:00:01.000Z');
    expect((await sweepOne(balancesOf(1), 0)).kind).toBe('lost');
    expect(table.rows.size).toBeLessThanOrEqual(2);
  });

  it('has one worker a segment: the second stops at its first checkpoint', async () => {
    const { append, sweepOne, expectFolds, sweep } = await world(2);
    await append(accounts.flat());
    const ends = await Promise.all([sweepOne(balancesOf(1), 0), sweepOne(balancesOf(1), 0)]);
    expect(ends.map(({ kind }) => kind).toSorted()).toEqual(['done', 'lost']);
    await sweep(balancesOf(1));
    expectFolds(balancesOf(1));
  });
});
