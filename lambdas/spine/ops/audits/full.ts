// A full audit: every commit of the event table, in as many runs as its budget takes.

import type { StreamCommits } from '../../kernel/audit/progress.ts';
import type { ScanPage, ScanPosition } from '../../kernel/audit/scan.ts';
import { type Tally, tallyOf } from '../../kernel/audit/tally.ts';
import { logger } from '../../runtime/logger.ts';
import { byStream, isAhead } from './recent.ts';

export interface FullPorts {
  scan(after: ScanPosition | undefined): Promise<ScanPage>;
  now(): Date;
  hasMore(): boolean;
  inspect(streams: readonly StreamCommits[]): Promise<void>;
  count(tally: Tally): Promise<void>;
  save(position: ScanPosition): Promise<void>;
}

/** What is younger is the recent part's, which has looked at it and looks again. */
const SETTLED_AFTER_MILLIS = 15 * 60_000;

const isSettled = (writtenAt: number, now: number): boolean =>
  writtenAt <= now - SETTLED_AFTER_MILLIS || isAhead(writtenAt, now);

/** @returns whether it has come to the end */
export async function auditAll(ports: FullPorts, from: ScanPosition | undefined): Promise<boolean> {
  let position = from;
  while (ports.hasMore()) {
    const { commits, unreadable, end } = await ports.scan(position);
    for (const defect of unreadable) logger.error('An item of the event table is no commit', { ...defect });
    if (unreadable.length > 0) await ports.count(tallyOf({ unreadable: unreadable.length }, unreadable));
    const now = ports.now().getTime();
    const settled = commits.filter(({ time }) => isSettled(Date.parse(time), now));
    // The last stream of a page may go on behind it.
    const isToTheEnd = ({ stream }: StreamCommits) => end === undefined || stream !== end.stream;
    const streams = byStream(settled).map((each) => ({ ...each, isToTheEnd: isToTheEnd(each) }));
    if (streams.length > 0) await ports.inspect(streams);
    if (end === undefined) return true;
    position = end;
    await ports.save(position);
  }
  return false;
}
