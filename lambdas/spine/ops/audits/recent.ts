// The recent part of an audit: the commits of the change stream since the last run that are older than a grace time.

import {
  type ChangedCommit,
  type ChangeFeed,
  ChangesDroppedError,
  type ShardPosition,
} from '../../kernel/audit/change-feed.ts';
import type { StreamCommits } from '../../kernel/audit/progress.ts';
import type { PositionStore } from '../../kernel/audit/state.ts';
import { type Tally, tallyOf } from '../../kernel/audit/tally.ts';
import type { Commit } from '../../kernel/envelope.ts';
import { logger } from '../../runtime/logger.ts';

/** How long subscribers have to follow. What is late by then is told once too often, which does no harm. */
export const GRACE_IN_MILLIS = 20_000;

/** How far the clocks of writers may be apart. */
const LONGEST_SKEW_IN_MILLIS = 5 * 60_000;

export interface RecentPorts {
  readonly feed: ChangeFeed;
  readonly positions: PositionStore;
  now(): Date;
  /** Whether the run has the units and the time for more. */
  hasMore(): boolean;
  inspect(streams: readonly StreamCommits[]): Promise<void>;
  count(tally: Tally): Promise<void>;
}

export interface RecentResult {
  /** Nothing is left that is older than the grace time. */
  readonly isDone: boolean;
  /** The stream has dropped commits that no run has looked at, or none has ever run. */
  readonly hasMissed: boolean;
}

export async function auditRecent(ports: RecentPorts): Promise<RecentResult> {
  const [shards, positions] = await Promise.all([ports.feed.shards(), ports.positions.all()]);
  const isGone = ([shard, { isOver }]: [string, ShardPosition]) => isOver !== true && !shards.includes(shard);
  const gone = [...positions].filter(isGone);
  let hasMissed = positions.size === 0 || gone.length > 0;
  for (const [shard] of gone) await ports.positions.put(shard, { isOver: true });
  for (const shard of shards) {
    const from = positions.get(shard) ?? {};
    if (from.isOver) continue;
    const result = await readShard(ports, shard, from);
    if (result === 'dropped') hasMissed = true;
    if (result === 'interrupted') return { isDone: false, hasMissed };
  }
  return { isDone: true, hasMissed };
}

async function readShard(
  ports: RecentPorts,
  shard: string,
  from: ShardPosition,
): Promise<'read' | 'dropped' | 'interrupted'> {
  let position = from;
  let result: 'read' | 'dropped' = 'read';
  while (ports.hasMore()) {
    try {
      const { next, isAtEnd } = await readPage(ports, shard, position);
      position = next;
      if (isAtEnd) return result;
    } catch (error) {
      if (!(error instanceof ChangesDroppedError) || position.after === undefined) throw error;
      logger.error('The change stream has dropped commits that were not audited', { error, shard });
      position = {};
      result = 'dropped';
    }
  }
  return 'interrupted';
}

/** @returns whether nothing more is ripe, or there at all */
async function readPage(
  ports: RecentPorts,
  shard: string,
  from: ShardPosition,
): Promise<{ readonly next: ShardPosition; readonly isAtEnd: boolean }> {
  const { records, iterator } = await ports.feed.read(shard, from);
  const ripe = ripeOf(records, ports.now().getTime());
  await lookAt(ports, ripe);
  const after = ripe.at(-1)?.sequenceNumber ?? from.after;
  const isWhole = ripe.length === records.length;
  const next: ShardPosition = {
    ...(after !== undefined && { after }),
    ...(isWhole && (iterator ? { iterator } : { isOver: true })),
  };
  if (isWhole || ripe.length > 0) await ports.positions.put(shard, next);
  return { next, isAtEnd: !isWhole || next.isOver === true || records.length === 0 };
}

/** Those before the first that is too young. */
function ripeOf(records: readonly ChangedCommit[], now: number): readonly ChangedCommit[] {
  const young = records.findIndex((record) => !isRipe(record, now));
  return young === -1 ? records : records.slice(0, young);
}

const isRipe = ({ writtenAt }: ChangedCommit, now: number): boolean =>
  writtenAt <= now - GRACE_IN_MILLIS || isAhead(writtenAt, now);

/** It was written before the clock was set back, and is no younger than the rest. */
export const isAhead = (writtenAt: number, now: number): boolean => writtenAt > now + LONGEST_SKEW_IN_MILLIS;

async function lookAt(ports: RecentPorts, records: readonly ChangedCommit[]): Promise<void> {
  const commits: Commit[] = [];
  for (const { written } of records) {
    if (written === undefined) continue;
    if ('kind' in written) {
      const { kind: _, ...defect } = written;
      logger.error('An item of the event table is no commit', { ...defect });
      await ports.count(tallyOf({ unreadable: 1 }, [defect]));
    } else commits.push(written);
  }
  if (commits.length > 0) await ports.inspect(byStream(commits));
}

export const byStream = (commits: readonly Commit[]): StreamCommits[] =>
  [...Map.groupBy(commits, ({ stream }) => stream)].map(([stream, ofStream]) => ({
    stream,
    commits: ofStream.toSorted((left, right) => left.version - right.version),
  }));
