// A sweep under traffic, killed at any call and begun again: no row ever goes back in version, and at rest every row is the fold of
// its stream, whatever the pages cut and whoever wrote beside it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Commit, lastVersion } from '../../../lambdas/spine/kernel/envelope.ts';
import { catchUp } from '../../../lambdas/spine/kernel/projections/catch-up.ts';
import type { Row } from '../../../lambdas/spine/kernel/projections/projection.ts';
import { newSegments, type RebuildJob } from '../../../lambdas/spine/kernel/sweep/rebuild-job.ts';
import { sweepSegment } from '../../../lambdas/spine/ops/rebuilds/sweep-segment.ts';
import { inMemoryEventScan } from '../../../lambdas/spine/testing/memory/event-scan.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { inMemoryRebuildJobs } from '../../../lambdas/spine/testing/memory/rebuild-jobs.ts';
import { account, type Balance, balancesOf, byLevel, deposits, foldOfAll } from './balances.ts';

class Killed extends Error {}

/** With an index that the code of before did not have. */
const projection = balancesOf(2, [byLevel]);
const SEGMENTS = 2;

it('ends with the folds of all streams', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.record({
        commitsPerPage: fc.integer({ min: 1, max: 6 }),
        lengths: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 6 }),
        // Of rows that stand before: their generation, and how far they are behind.
        standing: fc.array(fc.record({ generation: fc.integer({ min: 1, max: 3 }), behind: fc.nat(3) }), {
          maxLength: 6,
        }),
        appended: fc.array(fc.nat(5), { maxLength: 6 }),
        killedAt: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
      }),
      async (scheduler, { commitsPerPage, lengths, standing, appended, killedAt }) => {
        const [store, table, jobs] = [inMemoryEventStore(), inMemoryReadTable<Balance>(), inMemoryRebuildJobs()];
        const streams = lengths.map((length, at) => account(`${at}`, length));
        for (const commit of streams.flat()) await store.append(commit);
        for (const [at, { generation, behind }] of standing.entries()) {
          const row = foldOfAll(balancesOf(generation), (streams[at] ?? []).slice(0, -behind || undefined));
          if (row) await table.put(row, {});
        }

        const kills = [...killedAt];
        let calls = 0;
        const turn = async (label: string, mayDie: boolean) => {
          await scheduler.schedule(Promise.resolve(), label);
          if (!mayDie) return;
          calls += 1;
          if (calls !== kills[0]) return;
          calls = 0;
          kills.shift();
          throw new Killed();
        };
        const versions = new Map<string, number>();
        const watched = (row: Row<Balance>) => {
          const standingVersion = table.rows.get(row.stream)?.version ?? 0;
          expect(standingVersion).toBeGreaterThanOrEqual(versions.get(row.stream) ?? 0);
          versions.set(row.stream, standingVersion);
        };
        const scan = inMemoryEventScan(store, commitsPerPage);
        const ports = {
          spent: () => ({ read: 0, write: 0 }),
          store,
          scan: {
            page: async (request: Parameters<typeof scan.page>[0]) => {
              await turn('scan', true);
              return scan.page(request);
            },
          },
          table: {
            marks: async (names: readonly string[]) => {
              const marks = await table.marks(names);
              await turn('marks, a moment old', true);
              return marks;
            },
            rewrite: async (row: Row<Balance>, keys: Readonly<Record<string, string>>) => {
              await turn(`rewrite ${row.stream}`, true);
              const outcome = await table.rewrite(row, keys);
              watched(row);
              return outcome;
            },
          },
          jobs: {
            checkpoint: async (...checkpoint: Parameters<typeof jobs.checkpoint>) => {
              await turn('checkpoint', true);
              return jobs.checkpoint(...checkpoint);
            },
          },
        };
        const job: RebuildJob = {
          ...{ id: 'r', readModel: 'balances', state: 'running', startedAt: '2026-01-01T00:00:00.000Z' },
          estimate: { streams: 0, events: 0, readUnits: 0, writeUnits: 0, dollars: 0, seconds: 0 },
          segments: newSegments(SEGMENTS),
        };
        await jobs.begin(job);

        /** As the queue delivers it until it is acknowledged. */
        const sweep = async (segment: number): Promise<void> => {
          const limits = { pace: { read: 1e9, write: 1e9 }, hasTime: () => true };
          try {
            await sweepSegment(ports, projection, (await jobs.load('r')) ?? job, segment, limits);
          } catch (error) {
            if (!(error instanceof Killed)) throw error;
            await sweep(segment);
          }
        };
        const project = async (): Promise<void> => {
          for (const at of appended) {
            const commits = streams[at % streams.length] as Commit[];
            const next = deposits(commits[0]?.stream ?? '', lastVersion(commits.at(-1) as Commit) + 1, 3);
            commits.push(next);
            await turn(`append ${next.stream}`, false);
            await store.append(next);
            await turn(`project ${next.stream}`, false);
            watched(await catchUp({ store, table }, projection, next.stream, [next]));
          }
        };
        const all = Promise.all([project(), ...Array.from({ length: SEGMENTS }, (_, segment) => sweep(segment))]);
        await scheduler.waitFor(all);

        for (const commits of streams) {
          const row = foldOfAll(projection, commits) as Row<Balance>;
          expect(table.rows.get(row.stream)).toEqual(row);
          const { level } = projection.indexKeys(row.part);
          const { rows } = await table.query(byLevel, level ?? '', { limit: 100 });
          expect(rows.map(({ stream }) => stream)).toContain(row.stream);
        }
      },
    ),
    { numRuns: Number(process.env['SWEEP_RUNS'] ?? 100) },
  );
});
