// An event table, its change stream and three subscribers in memory, and the audit that compares them.
import type { ChangedCommit, ChangeFeed } from '../../../lambdas/spine/kernel/audit/change-feed.ts';
import { ChangesDroppedError } from '../../../lambdas/spine/kernel/audit/change-feed.ts';
import type { Progress } from '../../../lambdas/spine/kernel/audit/progress.ts';
import type { Suspects } from '../../../lambdas/spine/kernel/audit/suspects.ts';
import { noTally, sumOf, type Tally } from '../../../lambdas/spine/kernel/audit/tally.ts';
import { type Commit, eventId, lastVersion } from '../../../lambdas/spine/kernel/envelope.ts';
import { type AuditPorts, audit } from '../../../lambdas/spine/ops/audits/handler.ts';
import type { AuditMessage } from '../../../lambdas/spine/ops/audits/messages.ts';
import { processProgress } from '../../../lambdas/spine/ops/audits/process-progress.ts';
import { readModelProgress } from '../../../lambdas/spine/ops/audits/read-model-progress.ts';
import { inMemoryAuditStore } from '../../../lambdas/spine/testing/memory/audit-store.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { reminder } from '../process/reminder.ts';
import { balancesOf } from '../rebuilds/balances.ts';

export const START = Date.parse('2026-01-01T00:00:00.000Z');

export interface Told {
  readonly subscriber: string;
  readonly events: readonly string[];
}

export interface Sent {
  readonly message: AuditMessage;
  readonly dueAt: number;
}

export interface WorldSettings {
  readonly generation?: number;
  readonly unitsPerSecond?: number;
  readonly recordsPerPage?: number;
  readonly commitsPerPage?: number;
}

export function world({
  generation = 1,
  unitsPerSecond = 1_000,
  recordsPerPage = 1_000,
  commitsPerPage = 1_000,
}: WorldSettings = {}) {
  const store = inMemoryEventStore();
  const audits = inMemoryAuditStore();
  const records: ChangedCommit[] = [];
  const rows = new Map<string, { version: number; generation: number }>();
  const parked = new Set<string>();
  const busy = new Set<string>();
  const queue: Sent[] = [];
  const told: Told[] = [];
  const tallies: Tally[] = [];
  const unreadable: { stream: string; version: number; code: string; message: string }[] = [];
  const clock = { now: START };
  let units = 0;
  let ids = 0;
  let oldest = 0;
  const now = () => new Date(clock.now);
  const isMissing = { untold: false };
  const hooks: { beforeScan: () => void } = { beforeScan: () => undefined };

  const feed: ChangeFeed = {
    shards: async () => ['shard'],
    async read(_, { after }) {
      const from = after === undefined ? oldest : Number(after) + 1;
      if (from < oldest) throw new ChangesDroppedError('dropped');
      const page = records.slice(from, from + recordsPerPage);
      return { records: page, iterator: { value: '', until: now().toISOString() } };
    },
  };
  const tell =
    (subscriber: string): Progress['tell'] =>
    async (commits) => {
      if (isMissing.untold) return new Set(commits.map(({ stream }) => stream));
      told.push({ subscriber, events: commits.map(eventId).sort() });
      return new Set();
    };
  const positions = async (streams: readonly string[]) => {
    units += streams.length / 2;
    return new Map(streams.flatMap((stream) => (rows.has(stream) ? [[stream, rows.get(stream) as never]] : [])));
  };
  const lastVersionOf = async (stream: string) => {
    const newest = store.commits(stream).at(-1);
    return newest ? lastVersion(newest) : 0;
  };
  const send = (message: Omit<AuditMessage, 'audit'>, delayInSeconds: number) => {
    queue.push({ message: { audit: 1, ...message }, dueAt: clock.now + delayInSeconds * 1_000 });
  };
  const all = () => store.streams().flatMap((stream) => [...store.commits(stream)]);

  const ports: AuditPorts = {
    ...{ store, audits, feed, now },
    progresses: [
      readModelProgress(balancesOf(generation), { positions, lastVersionOf, tell: tell('balances') }),
      processProgress('reminder', reminder, { store, now, tell: tell('reminder') }),
    ],
    async scan(after) {
      hooks.beforeScan();
      const isAfter = ({ stream, version }: Commit) =>
        after === undefined || stream > after.stream || (stream === after.stream && version > after.version);
      const commits = all().filter(isAfter).sort(byKey);
      const page = commits.slice(0, commitsPerPage);
      units += page.length;
      const last = page.at(-1);
      return {
        commits: page,
        unreadable: after === undefined ? unreadable : [],
        end: last && commits.length > page.length ? { stream: last.stream, version: last.version } : undefined,
      };
    },
    budget: { unitsPerSecond, units: () => units },
    isBusy: async (subscriber) => busy.has(subscriber),
    parked: async (_, streams) => new Set(streams.filter((stream) => parked.has(stream))),
    lookAgain: async (again: Suspects, delayInSeconds) => send({ again }, delayInSeconds),
    runAgain: async (delayInSeconds) => send({}, delayInSeconds),
    askAgain: async ({ audit: _, ...message }, delayInSeconds) => send(message, delayInSeconds),
    publish: (tally) => void tallies.push(tally),
    countLateRun: () => undefined,
    newId: () => `id-${++ids}`,
  };
  const handler = audit(ports);
  const deliver = async (message: Omit<AuditMessage, 'audit'> = {}, remainingInMillis = () => 30_000) => {
    const body = JSON.stringify({ audit: 1, ...message });
    const record = { messageId: 'message', body } as never;
    const { batchItemFailures } = await handler({ Records: [record] }, { remainingInMillis });
    return batchItemFailures.length;
  };
  return {
    ...{ store, audits, rows, parked, busy, queue, told, clock, unreadable, isMissing, hooks, deliver },
    counts: () => sumOf([noTally, ...tallies]).counts,
    /** Writes commits, with their records. */
    async append(...commits: readonly Commit[]) {
      for (const commit of commits) {
        const written = { ...commit, time: now().toISOString() };
        await store.append(written);
        records.push({ sequenceNumber: String(records.length), writtenAt: clock.now, written });
      }
    },
    /** Of long ago, so that the stream has no record of them any more. */
    async appendOld(...commits: readonly Commit[]) {
      for (const commit of commits) await store.append({ ...commit, time: '2025-01-01T00:00:00.000Z' });
    },
    record: (record: Omit<ChangedCommit, 'sequenceNumber'>) =>
      records.push({ sequenceNumber: String(records.length), ...record }),
    /** The stream forgets its records before the newest ones. */
    dropRecordsBefore(index: number) {
      oldest = index;
    },
    /** Lets so much time go by, with everything that is due in it. */
    async pass(seconds: number) {
      const until = clock.now + seconds * 1_000;
      for (;;) {
        queue.sort((left, right) => left.dueAt - right.dueAt);
        const [next] = queue;
        if (next === undefined || next.dueAt > until) break;
        queue.shift();
        clock.now = Math.max(clock.now, next.dueAt);
        await deliver(next.message);
      }
      clock.now = until;
    },
  };
}

const byKey = (left: Commit, right: Commit): number =>
  left.stream === right.stream ? left.version - right.version : left.stream < right.stream ? -1 : 1;
