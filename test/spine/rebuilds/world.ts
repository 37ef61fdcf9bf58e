// Rebuilds from their routes to their rows, in memory: the operations' endpoints, the queue of work, and the sweeper.
import type { SQSRecord } from 'aws-lambda';
import { sweeper } from '../../../lambdas/spine/functions/sweeper/handler.ts';
import { httpHandler } from '../../../lambdas/spine/http/http-handler.ts';
import type { Caller } from '../../../lambdas/spine/http/request/caller.ts';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import type { Invalidation } from '../../../lambdas/spine/kernel/pipeline/invalidation.ts';
import type { Projection } from '../../../lambdas/spine/kernel/projections/projection.ts';
import type { Work } from '../../../lambdas/spine/kernel/sweep/work.ts';
import { rebuildEndpoints } from '../../../lambdas/spine/ops/rebuilds/endpoints.ts';
import { inMemoryEventScan } from '../../../lambdas/spine/testing/memory/event-scan.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryFullMarks } from '../../../lambdas/spine/testing/memory/full-marks.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { inMemoryRebuildJobs } from '../../../lambdas/spine/testing/memory/rebuild-jobs.ts';
import { asked } from '../ops/asked.ts';
import type { Balance } from './balances.ts';

export const admin: Caller = { customerId: 'root', isStaff: true, isAdmin: true, expiresAtInSeconds: 2_000_000_000 };
const UNHURRIED = { read: 1_000_000, write: 1_000_000 };
export const MOST_DELIVERIES = 5;

export function rebuildWorld(projection: Projection<Balance>, { commitsPerPage = 10, workers = 3 } = {}) {
  const [store, table, jobs] = [inMemoryEventStore(), inMemoryReadTable<Balance>(), inMemoryRebuildJobs()];
  const queue: Work[] = [];
  const invalidations: Invalidation[] = [];
  const delays: number[] = [];
  const work = {
    async send(message: Work, delayInSeconds = 0) {
      queue.push(message);
      delays.push(delayInSeconds);
    },
  };
  const scan = inMemoryEventScan(store, commitsPerPage);
  const units = { read: 0, write: 0 };
  /** A page takes a unit for each of its commits. */
  const metered: typeof scan = {
    async page(request) {
      const page = await scan.page(request);
      units.read += page.commits.length;
      return page;
    },
  };
  let minute = 0;
  const now = () => new Date(Date.UTC(2026, 0, 1, 0, minute++));
  let lastId = 0;
  const marks = inMemoryFullMarks();
  const common = { jobs, marks, work, now, spent: () => ({ ...units }) };
  const handler = (caller: Caller) =>
    httpHandler(
      rebuildEndpoints(
        {
          ...{ ...common, scan: metered, pace: UNHURRIED, workers, newId: () => `rebuild-${lastId++}` },
          readModels: [{ name: projection.name, categories: ['account'], indexes: projection.indexes.length }],
        },
        async () => caller,
      ),
    );
  const ports = {
    ...common,
    projections: [projection] as Projection<unknown>[],
    tableNameOf: () => 'balances-table',
    portsOf: () => ({ scan: metered, store, table: table as never, spent: common.spent }),
    ...{ pace: UNHURRIED, mostDeliveries: MOST_DELIVERIES },
    invalidations: { send: async (invalidation: Invalidation) => void invalidations.push(invalidation) },
  };
  return {
    ...{ store, table, jobs, marks, queue, delays, invalidations, ports },
    append: async (commits: readonly Commit[]) => {
      for (const commit of commits) await store.append(commit);
    },
    ask: (request: string, body?: unknown, caller = admin, path = {}) => asked(handler(caller), request, body, path),
    /** Delivers one message. @param pages how many it may begin */
    async deliver(message: Work | undefined, pages = Number.POSITIVE_INFINITY, delivery = 1) {
      const record = { messageId: 'm', body: JSON.stringify(message) };
      const attributes = { ApproximateReceiveCount: String(delivery) };
      let asked = -1;
      const invocation = { remainingInMillis: () => (asked++ < pages - 1 ? 900 : 100) };
      return sweeper(ports)({ Records: [{ ...record, attributes } as SQSRecord] }, invocation);
    },
    /** Until there is no message any more. */
    async drain(pages?: number) {
      while (queue.length > 0) await this.deliver(queue.shift(), pages);
    },
  };
}
