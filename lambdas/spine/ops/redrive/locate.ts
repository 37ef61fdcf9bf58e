// Finds the streams of the records that a hop has not processed, by reading the records back.
import type { CommitRecord } from '../../aws/dynamodb/change-stream.ts';
import type { BundleRecord } from '../../aws/kinesis/read-back.ts';
import { decodeBundle } from '../../aws/wire/bundle-codec.ts';
import { categoryOf } from '../../kernel/envelope.ts';
import type { RecordsToRedrive, ToRedrive } from '../../kernel/pipeline/redrive.ts';
import type { ShardRange } from '../../kernel/pipeline/shard-range.ts';
import type { Subscription } from '../../kernel/pipeline/subscription.ts';
import { logger } from '../../runtime/logger.ts';

export interface RecordSources {
  readChanges(range: RecordsToRedrive): Promise<ShardRange<CommitRecord>>;
  readBundles(range: RecordsToRedrive): Promise<ShardRange<BundleRecord>>;
}

export interface Located {
  /** By streams, and records that this code cannot read. */
  readonly parts: readonly ToRedrive[];
  /** False when their stream has dropped some of the records, and nothing tells any more what they were. */
  readonly isWhole: boolean;
}

export async function locate(
  range: RecordsToRedrive,
  sources: RecordSources,
  subscriptions: readonly Subscription[],
): Promise<Located> {
  if (range.source === 'change-stream') {
    const { records, isWhole } = await sources.readChanges(range);
    const streams = records.filter(({ isInsert }) => isInsert).map(({ stream }) => stream);
    return { parts: named(streams), isWhole };
  }
  const { records, isWhole } = await sources.readBundles(range);
  const read = records.map(
    (record) => streamsOf(record) ?? { ...range, first: record.sequenceNumber, last: record.sequenceNumber },
  );
  const streams = read.flatMap((each) => ('kind' in each ? [] : each));
  const unreadable = read.flatMap((each) => ('kind' in each ? [each] : []));
  const forSubscribers = subscriptions.flatMap(({ name, categories }) =>
    named(
      streams.filter((stream) => categories.includes(categoryOf(stream))),
      name,
    ),
  );
  return { parts: [...forSubscribers, ...unreadable], isWhole };
}

function named(streams: readonly string[], subscriber?: string): ToRedrive[] {
  if (streams.length === 0) return [];
  return [{ kind: 'streams', ...(subscriber && { subscriber }), streams: [...new Set(streams)] }];
}

function streamsOf({ text, sequenceNumber }: BundleRecord): readonly string[] | undefined {
  try {
    return decodeBundle(text).map(({ stream }) => stream);
  } catch (error) {
    logger.error('A record of the event stream is no bundle', { error, sequenceNumber });
    return undefined;
  }
}
