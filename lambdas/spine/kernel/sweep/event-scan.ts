// The port of a parallel scan of the event table: all commits, a page at a time, in so many segments.
import type { Commit } from '../envelope.ts';
import type { UnreadableEventError } from '../errors.ts';

/** Where a page ended: the key of the last item that it went through. */
export interface ScanPosition {
  readonly stream: string;
  readonly version: number;
}

export interface ScanRequest {
  /** From 0. */
  readonly segment: number;
  /** The number of segments. A position belongs to one segment of one number of them. */
  readonly of: number;
  /** Categories of the streams whose commits are wanted. */
  readonly categories: readonly string[];
  readonly after?: ScanPosition | undefined;
}

/** An item at the place of a commit that is none. */
export interface UnreadableItem extends ScanPosition {
  readonly error: UnreadableEventError;
}

export interface ScannedPage {
  readonly commits: readonly Commit[];
  readonly unreadable: readonly UnreadableItem[];
  /** Absent on the segment's last page. */
  readonly end?: ScanPosition;
}

export interface EventScan {
  /**
   * A page of at most 1 MB; strongly consistent: what was appended before the call, and belongs to the page, is in it. The
   * commits of a stream come together and in order, as far as is known; a page's end may cut them, and nobody promises more.
   */
  page(request: ScanRequest): Promise<ScannedPage>;
}
