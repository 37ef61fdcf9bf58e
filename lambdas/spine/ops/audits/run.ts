// One run of the audit: what is recent, then as much of a full audit as the budget leaves. One run at a time; one that dies is taken
// over when its lock has run out, and what it had looked at and not noted is looked at again.
import type { ChangeFeed } from '../../kernel/audit/change-feed.ts';
import type { StreamCommits } from '../../kernel/audit/progress.ts';
import type { ScanPage, ScanPosition } from '../../kernel/audit/scan.ts';
import type { AuditStore, Control } from '../../kernel/audit/state.ts';
import { isNothing, type Tally } from '../../kernel/audit/tally.ts';
import type { Invocation } from '../../runtime/invocation.ts';
import { logger } from '../../runtime/logger.ts';
import { type Budget, purseOf } from './budget.ts';
import { type HeldControl, holdControl } from './control.ts';
import { auditAll } from './full.ts';
import type { AskedAudit } from './messages.ts';
import { auditRecent, GRACE_IN_MILLIS } from './recent.ts';
import { isFullDue, nextRun, withAsked } from './schedule.ts';

export interface RunPorts {
  readonly store: AuditStore;
  readonly feed: ChangeFeed;
  scan(after: ScanPosition | undefined): Promise<ScanPage>;
  inspect(auditId: string, streams: readonly StreamCommits[]): Promise<Tally>;
  readonly budget: Budget;
  /** Begins another run, by a message that is hidden for so long. */
  runAgain(delayInSeconds: number): Promise<void>;
  publish(tally: Tally): void;
  /** The recent part could not be done. */
  countLateRun(): void;
  newId(): string;
  now(): Date;
}

/** Of its time a run keeps so much for the end. */
const RESERVE_SHARE = 0.3;

interface Run {
  readonly ports: RunPorts;
  readonly began: Date;
  readonly control: HeldControl;
  hasMore(): boolean;
  /** Counts for those audits. */
  count(auditIds: readonly string[], tally: Tally): Promise<void>;
}

/** @returns `busy` while another run is at work */
export async function runAudit(
  ports: RunPorts,
  asked: AskedAudit | undefined,
  invocation: Invocation,
): Promise<'done' | 'busy'> {
  const began = ports.now();
  const timeInMillis = invocation.remainingInMillis();
  const control = await holdControl(ports.store, { owner: ports.newId(), now: began, forMillis: timeInMillis });
  if (control === undefined) return 'busy';
  const purse = purseOf(ports.budget, control.current().spentUntil, began);
  const run: Run = {
    ...{ ports, began, control },
    hasMore: () => invocation.remainingInMillis() > timeInMillis * RESERVE_SHARE && purse.hasMore(ports.now()),
    async count(auditIds, tally) {
      ports.publish(tally);
      if (isNothing(tally)) return;
      for (const id of auditIds) await ports.store.add(id, tally);
    },
  };
  if (asked) await take(run, asked);
  const { hasMissed } = await recentPart(run);
  await fullPart(run, hasMissed);
  const next = nextRun(control.current(), ports.now());
  if (next) await ports.runAgain(next.inSeconds);
  await control.change(({ lock: _, plannedFor, ...rest }) => ({
    ...rest,
    spentUntil: purse.spentUntil(),
    ...(plannedFor && { plannedFor }),
    ...(next && { plannedFor: next.at }),
  }));
  return 'done';
}

/** The message may come twice, and late. */
async function take({ ports: { store, now }, control }: Run, asked: AskedAudit): Promise<void> {
  const { auditId } = asked;
  if ((await store.find(auditId))?.state !== 'running') return;
  const before = control.current().full;
  await control.change((current) => withAsked(current, asked));
  if (before === undefined || before.auditId === control.current().full?.auditId) return;
  await store.end(before.auditId, 'cancelled', now().toISOString());
}

/** Counts for the audit of the day, and for those that were asked for. */
async function recentPart(run: Run): Promise<{ readonly hasMissed: boolean }> {
  const { ports, began, control, hasMore, count } = run;
  const { store } = ports;
  const ofDay = await auditOfDay(run);
  const asked = control.current().recent ?? [];
  const auditIds = [ofDay, ...asked.map(({ auditId }) => auditId)];
  const { isDone, hasMissed } = await auditRecent({
    feed: ports.feed,
    positions: store.positions,
    now: ports.now,
    hasMore,
    inspect: async (streams) => count(auditIds, await ports.inspect(ofDay, streams)),
    count: (tally) => count(auditIds, tally),
  });
  if (!isDone) {
    logger.warn('The audit has neither units nor time for all that was written');
    ports.countLateRun();
  }
  const horizon = new Date(began.getTime() - GRACE_IN_MILLIS).toISOString();
  const over = isDone ? asked.filter(({ startedAt }) => startedAt <= horizon) : [];
  for (const { auditId } of over) await store.end(auditId, 'done', ports.now().toISOString());
  if (over.length > 0) {
    const left = asked.filter((each) => !over.includes(each));
    await control.change(({ recent: _, ...rest }) => ({ ...rest, ...(left.length > 0 && { recent: left }) }));
  }
  return { hasMissed };
}

/** Begins the audit of the day, and ends that of the day before. */
async function auditOfDay({ ports: { store }, began, control }: Run): Promise<string> {
  const startedAt = began.toISOString();
  const auditId = startedAt.slice(0, 10);
  const { ofDay } = control.current();
  if (ofDay === auditId) return auditId;
  await store.begin({ auditId, scope: 'recent', startedAt });
  if (ofDay !== undefined) await store.end(ofDay, 'done', startedAt);
  await control.change((current) => ({ ...current, ofDay: auditId }));
  return auditId;
}

async function fullPart({ ports, began, control, hasMore, count }: Run, hasMissed: boolean): Promise<void> {
  const { store } = ports;
  if (!control.current().full && (hasMissed || isFullDue(control.current(), began))) {
    const full = { auditId: ports.newId(), startedAt: began.toISOString() };
    await store.begin({ ...full, scope: 'full' });
    await control.change((current) => ({ ...current, full }));
  }
  const { full } = control.current();
  if (full === undefined) return;
  const counted = (tally: Tally) => count([full.auditId], tally);
  const save = (position: ScanPosition) => control.change((current) => ({ ...current, full: { ...full, position } }));
  const isWhole = await auditAll(
    {
      scan: ports.scan,
      now: ports.now,
      hasMore,
      inspect: async (streams) => counted(await ports.inspect(full.auditId, streams)),
      count: counted,
      save,
    },
    full.position,
  );
  if (!isWhole) return;
  await store.end(full.auditId, 'done', ports.now().toISOString());
  await control.change(({ full: _, ...rest }: Control) => ({ ...rest, wholeSince: full.startedAt }));
}
