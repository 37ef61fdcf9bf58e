// What becomes of a subscriber's findings: it is told again of what it has not got to, and looked at again later. Nobody else is
// told, and nothing is written in its place.
import type { Finding, Progress } from '../../kernel/audit/progress.ts';
import { LONGEST_PAUSE_IN_SECONDS, pauseAfter, type Suspect, type Suspects } from '../../kernel/audit/suspects.ts';
import type { Tally } from '../../kernel/audit/tally.ts';
import type { Commit } from '../../kernel/envelope.ts';
import { logger } from '../../runtime/logger.ts';
import { type Look, sortedOut, verdictOn } from './verdict.ts';

export interface SettlePorts {
  /** Whether so much waits in the subscriber's queue that what it has not got to is late, and not lost. */
  isBusy(subscriber: string): Promise<boolean>;
  /** Those of the streams that are dead letters of the subscriber's. */
  parked(subscriber: string, streams: readonly string[]): Promise<ReadonlySet<string>>;
  /** Looks at them again. */
  lookAgain(suspects: Suspects, delayInSeconds: number): Promise<void>;
  now(): Date;
}

export async function settle(ports: SettlePorts, progress: Progress, look: Look): Promise<Tally> {
  const { subscriber } = progress;
  const open = sortedOut(look.findings).open.map(({ commit }) => commit.stream);
  const parked = open.length > 0 ? await ports.parked(subscriber, open) : new Set<string>();
  const isBusy = open.length > parked.size && (await ports.isBusy(subscriber));
  const { toTell, asleep, verdict } = verdictOn(look, { subscriber, parked, isBusy });
  const untold = toTell.length > 0 ? await progress.tell(toTell) : new Set<string>();
  const { tally, suspects } = verdict(untold);
  const { auditId } = look;
  const looks = look.looks + 1;
  if (suspects.length > 0) await ports.lookAgain({ auditId, subscriber, looks, suspects }, pauseAfter(looks));
  for (const [delay, sleepers] of wakeTimes(asleep, ports.now())) {
    await ports.lookAgain({ auditId, subscriber, looks: 0, suspects: sleepers }, delay);
  }
  report(subscriber, tally, toTell);
  return tally;
}

/** Timers ring on the second; then there is work to do. */
const AFTER_WAKING_IN_SECONDS = 15;

/** Those that wake soon, by the seconds until then. What sleeps longer is met by the next audit of everything. */
function wakeTimes(
  asleep: readonly Extract<Finding, { kind: 'asleep' }>[],
  now: Date,
): ReadonlyMap<number, readonly Suspect[]> {
  const byDelay = Map.groupBy(asleep, ({ until }) =>
    Math.max(1, Math.ceil((Date.parse(until) - now.getTime()) / 1_000) + AFTER_WAKING_IN_SECONDS),
  );
  return new Map(
    [...byDelay]
      .filter(([delay]) => delay <= LONGEST_PAUSE_IN_SECONDS)
      .map(([delay, due]) => [delay, due.map(({ commit: { stream, version } }) => ({ stream, version }))]),
  );
}

const SHOWN = 10;

function report(subscriber: string, { counts, reported }: Tally, told: readonly Commit[]): void {
  const { streams: _, ...found } = counts;
  if (counts.repaired > 0) {
    const streams = told.slice(0, SHOWN).map(({ stream }) => stream);
    logger.warn('A subscriber had not got to what was written, and was told again', { subscriber, ...found, streams });
  }
  for (const each of reported) logger.error('A subscriber cannot follow a stream', { ...each });
}
