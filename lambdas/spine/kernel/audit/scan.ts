// All commits of the event table, page by page.
import type { Commit } from '../envelope.ts';
import type { Defect } from './progress.ts';

/** Where a scan goes on: the key of the last item read. A storage format. */
export interface ScanPosition {
  readonly stream: string;
  readonly version: number;
}

export interface ScanPage {
  /** The commits of a stream come one after the other, in their order. */
  readonly commits: readonly Commit[];
  /** Items that are no commits. */
  readonly unreadable: readonly Defect[];
  /** Absent on the last page. */
  readonly end: ScanPosition | undefined;
}
