// Parts of a page, so that a slow pace or little time need not hold for all of it. Pure.
import type { ScannedPage, ScanPosition } from './event-scan.ts';

export interface Slice extends Pick<ScannedPage, 'commits' | 'unreadable'> {
  /** Where it ended; absent at the segment's end. */
  readonly end?: ScanPosition;
}

/** The page in the order of the scan, cut between streams; one slice at least. @param streams most of a slice */
export function slicesOf({ commits, unreadable, end }: ScannedPage, streams: number): readonly Slice[] {
  const slices: Slice[] = [];
  let left = unreadable;
  let begin = 0;
  let names = new Set<string>();
  for (const [at, { stream }] of commits.entries()) {
    const before = commits[at - 1];
    if (before !== undefined && before.stream !== stream && names.size === streams) {
      const own = names;
      slices.push({
        commits: commits.slice(begin, at),
        unreadable: left.filter((item) => own.has(item.stream)),
        end: { stream: before.stream, version: before.version },
      });
      left = left.filter((item) => !own.has(item.stream));
      begin = at;
      names = new Set();
    }
    names.add(stream);
  }
  return [...slices, { commits: commits.slice(begin), unreadable: left, ...(end && { end }) }];
}
