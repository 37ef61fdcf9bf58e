// A rebuild: one sweep of the event table for one read model, in segments that go on from their checkpoints.
import type { ScanPosition } from './event-scan.ts';
import type { Units } from './pace.ts';

export type RebuildState = 'running' | 'done' | 'cancelled' | 'failed';

/** A stream that has no row, or one that is behind, and why. */
export interface LeftOut {
  readonly stream: string;
  readonly reason: string;
}

/** What a sweep has gone through. */
export interface Swept {
  /** Events of the read model's streams. */
  readonly events: number;
  /** Streams; one that a page's end cut counts once more. */
  readonly streams: number;
  /** Rows written; the others stood already. */
  readonly written: number;
  /** Streams that were left out: this code cannot read them, or the table takes no row of them. */
  readonly unreadable: number;
  /** Of those, some, so that an operator sees where to look; absent in what older code kept. */
  readonly leftOut?: readonly LeftOut[];
  /** Capacity units. */
  readonly units: Units;
}

export interface SegmentProgress extends Swept {
  /** Where it goes on; absent at its beginning. */
  readonly after?: ScanPosition;
  readonly isDone: boolean;
  /** What its code writes; `mixed` where another version of the code swept a part of it. */
  readonly form?: string;
  /** Of the last checkpoint: of two workers on one segment, only one goes on. */
  readonly revision: number;
}

/** What a rebuild will take. */
export interface Estimate {
  readonly streams: number;
  readonly events: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly dollars: number;
  readonly seconds: number;
}

export interface RebuildJob {
  readonly id: string;
  readonly readModel: string;
  readonly state: RebuildState;
  readonly estimate: Estimate;
  readonly segments: readonly SegmentProgress[];
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt?: string;
}

/** Another rebuild of the read model. */
export interface Running {
  /** Its id. */
  readonly running: string;
}

export interface RebuildJobs {
  /** Keeps a new job, unless one of its read model is running. */
  begin(job: RebuildJob): Promise<'begun' | Running>;
  load(id: string): Promise<RebuildJob | undefined>;
  /**
   * Keeps how far a segment is.
   * @param progress its revision is one more than that of the checkpoint before
   * @returns the job then; `undefined` where another worker was first, or the job no longer runs
   */
  checkpoint(id: string, segment: number, progress: SegmentProgress): Promise<RebuildJob | undefined>;
  /** Ends a running job, and lets the next one of its read model begin. @returns whether it was running */
  end(id: string, state: Exclude<RebuildState, 'running'>, endedAt: string): Promise<boolean>;
}

/** The form of a segment after one more page. */
export const formAfter = ({ form, revision }: SegmentProgress, next: string): string =>
  revision === 0 || form === next ? next : 'mixed';

export const newSegments = (count: number): SegmentProgress[] =>
  Array.from({ length: count }, () => ({
    ...{ isDone: false, revision: 0, events: 0, streams: 0, written: 0, unreadable: 0 },
    units: { read: 0, write: 0 },
  }));

/** Of all segments together. */
export const sweptOf = ({ segments }: Pick<RebuildJob, 'segments'>): Swept => segments.reduce<Swept>(added, noneSwept);

export const noneSwept: Swept = { events: 0, streams: 0, written: 0, unreadable: 0, units: { read: 0, write: 0 } };

export const added = (one: Swept, other: Swept): Swept => ({
  events: one.events + other.events,
  streams: one.streams + other.streams,
  written: one.written + other.written,
  unreadable: one.unreadable + other.unreadable,
  leftOut: [...(one.leftOut ?? []), ...(other.leftOut ?? [])],
  units: { read: one.units.read + other.units.read, write: one.units.write + other.units.write },
});
