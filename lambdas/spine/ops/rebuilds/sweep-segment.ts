// Sweeps a segment from its checkpoint on, for as long as there is time, and no faster than its share of the units.
import { setTimeout as wait } from 'node:timers/promises';
import { categoriesOf, type Projection } from '../../kernel/projections/projection.ts';
import type { EventScan, ScanPosition } from '../../kernel/sweep/event-scan.ts';
import { sweptForm } from '../../kernel/sweep/index-marks.ts';
import { dueMillis, type Units } from '../../kernel/sweep/pace.ts';
import {
  added,
  formAfter,
  type RebuildJob,
  type RebuildJobs,
  type SegmentProgress,
} from '../../kernel/sweep/rebuild-job.ts';
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
  /** Whether another page may begin. */
  hasTime(): boolean;
}

export type SegmentEnd =
  /** `job` as its last checkpoint left it. */
  | { readonly kind: 'done'; readonly job: RebuildJob }
  /** Its time is up. */
  | { readonly kind: 'more' }
  /** Another worker has the segment, or the job was cancelled. */
  | { readonly kind: 'lost' };

/**
 * A page is read while the one before is written. Its checkpoint comes after its rows, so a kill costs a page swept twice; of a stream
 * that the checkpoint cuts, the next worker folds the row from the event table.
 */
export async function sweepSegment<Part>(
  ports: SweepPorts<Part>,
  projection: Projection<Part>,
  job: RebuildJob,
  segment: number,
  { pace, hasTime }: SweepLimits,
): Promise<SegmentEnd> {
  const start = job.segments[segment];
  if (start === undefined)
    throw new RangeError(`Rebuild ${job.id} has ${job.segments.length} segments, not ${segment}`);
  if (start.isDone) return { kind: 'done', job };
  const read = (after: ScanPosition | undefined) =>
    ports.scan.page({ segment, of: job.segments.length, categories: categoriesOf(projection), after });
  const [begunAt, atBegin] = [performance.now(), ports.spent()];
  let progress: SegmentProgress = start;
  let accounted = atBegin;
  let open: Awaited<ReturnType<typeof sweepPage<Part>>>['open'];
  let next = read(start.after);
  for (;;) {
    const page = await next;
    if (page.end) next = read(page.end);
    next.catch(() => undefined);
    const swept = await sweepPage(ports, projection, page.commits, open);
    open = swept.open;
    const spent = ports.spent();
    progress = {
      ...added(progress, { ...swept.counts, units: minus(spent, accounted) }),
      ...(page.end && { after: page.end }),
      form: formAfter(progress, sweptForm(projection)),
      isDone: page.end === undefined,
      revision: progress.revision + 1,
    };
    accounted = spent;
    const kept = await ports.jobs.checkpoint(job.id, segment, progress);
    if (kept === undefined) return { kind: 'lost' };
    if (progress.isDone) return { kind: 'done', job: kept };
    if (!hasTime()) return { kind: 'more' };
    await wait(Math.max(0, begunAt + dueMillis(minus(spent, atBegin), pace) - performance.now()));
  }
}

const minus = (one: Units, other: Units): Units => ({ read: one.read - other.read, write: one.write - other.write });
