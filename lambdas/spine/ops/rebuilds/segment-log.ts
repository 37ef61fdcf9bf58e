// How far one worker is with its segment, and how far it has kept.
import type { Projection } from '../../kernel/projections/projection.ts';
import type { ScanPosition } from '../../kernel/sweep/event-scan.ts';
import { sweptForm } from '../../kernel/sweep/full-marks.ts';
import type { Units } from '../../kernel/sweep/pace.ts';
import {
  added,
  formAfter,
  type LeftOut,
  type RebuildJob,
  type RebuildJobs,
  type SegmentProgress,
  type Swept,
} from '../../kernel/sweep/rebuild-job.ts';

export interface SegmentPorts {
  readonly jobs: Pick<RebuildJobs, 'checkpoint'>;
  spent(): Units;
}

/** How many streams a segment names of those that it left out, and so much of each reason: all segments lie in one item. */
const MOST_NAMED = 2;
const LONGEST_REASON = 200;

/** @param start its last checkpoint */
export function segmentLog(
  { jobs, spent }: SegmentPorts,
  projection: Pick<Projection<never>, 'generation' | 'indexes'>,
  job: string,
  segment: number,
  start: SegmentProgress,
) {
  let progress = start;
  let [accounted, keptAt] = [spent(), performance.now()];
  return {
    /** @param end where that ended; absent at the segment's end */
    add(counts: Omit<Swept, 'units'>, end: ScanPosition | undefined): void {
      const now = spent();
      const units = { read: now.read - accounted.read, write: now.write - accounted.write };
      accounted = now;
      const sum = added(progress, { ...counts, units });
      progress = {
        ...{ ...progress, ...sum, leftOut: namedOf(sum.leftOut ?? []), isDone: end === undefined },
        ...(end && { after: end }),
      };
    },
    /** @returns the job then; `undefined` where another worker has the segment, or the job no longer runs */
    async keep(): Promise<RebuildJob | undefined> {
      const form = formAfter(progress, sweptForm(projection));
      progress = { ...progress, form, revision: progress.revision + 1 };
      const kept = await jobs.checkpoint(job, segment, progress);
      keptAt = performance.now();
      return kept;
    },
    /** Milliseconds since the last checkpoint. */
    age: (): number => performance.now() - keptAt,
  };
}

const namedOf = (leftOut: readonly LeftOut[]): LeftOut[] =>
  leftOut
    .slice(0, MOST_NAMED)
    .map(({ stream, reason }) => ({ stream, reason: reason.slice(0, LONGEST_REASON).toWellFormed() }));
