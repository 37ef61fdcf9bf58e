// Sweeps a segment from its checkpoint on, for as long as there is time, and no faster than its share of the units.
import { setTimeout as wait } from 'node:timers/promises';
import { categoriesOf, type Projection, type Row } from '../../kernel/projections/projection.ts';
import type { EventScan } from '../../kernel/sweep/event-scan.ts';
import { dueMillis, type Units } from '../../kernel/sweep/pace.ts';
import type { RebuildJob, RebuildJobs } from '../../kernel/sweep/rebuild-job.ts';
import { slicesFrom } from './read-ahead.ts';
import { segmentLog } from './segment-log.ts';
import { type PagePorts, sweepPage } from './sweep-page.ts';

export interface SweepPorts<Part> extends PagePorts<Part> {
  readonly scan: EventScan;
  readonly jobs: Pick<RebuildJobs, 'checkpoint'>;
  /** Units that the ports took since they were made. */
  spent(): Units;
}

export interface SweepLimits {
  /** Units a second. */
  readonly pace: Units;
  /** Whether more may begin. */
  hasTime(): boolean;
}

export type SegmentEnd =
  /** `job` as its last checkpoint left it. */
  | { readonly kind: 'done'; readonly job: RebuildJob }
  /** Its time is up. It has taken its units for so long from now. */
  | { readonly kind: 'more'; readonly restInMillis: number }
  /** Another worker has the segment, or the job was cancelled. */
  | { readonly kind: 'lost' };

/** A slow sweep keeps how far it is as often, and sees as soon that it was cancelled. */
const CHECKPOINT_EVERY_MILLIS = 5_000;
const LONGEST_NAP_IN_MILLIS = 1_000;

/**
 * A checkpoint comes after its rows, so a kill costs a page swept twice at most; of a stream that the checkpoint cuts, the next worker
 * folds the row from the event table.
 */
export async function sweepSegment<Part>(
  ports: SweepPorts<Part>,
  projection: Projection<Part>,
  job: RebuildJob,
  segment: number,
  limits: SweepLimits,
): Promise<SegmentEnd> {
  const start = job.segments[segment];
  if (start === undefined)
    throw new RangeError(`Rebuild ${job.id} has ${job.segments.length} segments, not ${segment}`);
  if (start.isDone) return { kind: 'done', job };
  const { hasTime } = limits;
  const request = { segment, of: job.segments.length, categories: categoriesOf(projection), after: start.after };
  const [log, debt] = [segmentLog(ports, projection, job.id, segment, start), debtOf(ports.spent, limits.pace)];
  let open: Row<Part> | undefined;
  for await (const slice of slicesFrom(ports.scan, request, hasTime)) {
    const swept = await sweepPage(ports, projection, slice, open);
    open = swept.open;
    log.add(swept.counts, slice.end);
    const goesOn = !slice.endsPage && hasTime() && debt() < LONGEST_NAP_IN_MILLIS;
    if (goesOn && log.age() < CHECKPOINT_EVERY_MILLIS) continue;
    const kept = await log.keep();
    if (kept === undefined) return { kind: 'lost' };
    if (slice.end === undefined) return { kind: 'done', job: kept };
    if (!(await isPaid(debt, limits))) break;
  }
  return { kind: 'more', restInMillis: Math.max(0, debt()) };
}

/** @returns how many milliseconds the sweep is ahead of its pace */
function debtOf(spent: () => Units, pace: Units): () => number {
  const [begunAt, atBegin] = [performance.now(), spent()];
  return () => {
    const now = spent();
    const sinceBegin = { read: now.read - atBegin.read, write: now.write - atBegin.write };
    return begunAt + dueMillis(sinceBegin, pace) - performance.now();
  };
}

/** Waits until the units are due. @returns whether there is time left then */
async function isPaid(debt: () => number, { hasTime }: SweepLimits): Promise<boolean> {
  for (let left = debt(); left > 0; left = debt()) {
    if (!hasTime()) return false;
    await wait(Math.min(left, LONGEST_NAP_IN_MILLIS));
  }
  return hasTime();
}
