// Reads the event table's change stream from a kept position. A shard takes two readers at a time: the relay's mapping is one, this is
// the other, and the redrive reads back what was given up, seldom and briefly
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html, "Reading and processing a stream").
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { eventTableKey } from '../../bindings/tables.ts';
import {
  type ChangedCommit,
  type ChangeFeed,
  ChangesDroppedError,
  type ShardPosition,
} from '../../kernel/audit/change-feed.ts';
import { defectOf } from '../../kernel/audit/defect.ts';
import { type Item, itemToCommit } from './commit-item.ts';

/** An iterator lives for 15 minutes (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html). */
const ITERATOR_LIVES_IN_MILLIS = 14 * 60_000;

/** @param streamArn of the change stream */
export function dynamoDbChangeFeed(client: DynamoDBStreamsClient, streamArn: string, now: () => Date): ChangeFeed {
  const iteratorAt = async (ShardId: string, { after, iterator }: ShardPosition): Promise<string | undefined> => {
    if (iterator && now().toISOString() < iterator.until) return iterator.value;
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamArn: streamArn,
        ShardId,
        ...(after === undefined
          ? { ShardIteratorType: 'TRIM_HORIZON' }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }),
      }),
    );
    return ShardIterator;
  };
  return {
    async shards() {
      const ids: string[] = [];
      let from: string | undefined;
      do {
        const { StreamDescription } = await client.send(
          new DescribeStreamCommand({ StreamArn: streamArn, ...(from && { ExclusiveStartShardId: from }) }),
        );
        ids.push(...(StreamDescription?.Shards ?? []).flatMap(({ ShardId }) => ShardId ?? []));
        from = StreamDescription?.LastEvaluatedShardId;
      } while (from !== undefined);
      return ids;
    },
    async read(shard, from) {
      try {
        const ShardIterator = await iteratorAt(shard, from);
        const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator }));
        const until = new Date(now().getTime() + ITERATOR_LIVES_IN_MILLIS).toISOString();
        return {
          records: Records.map(changedCommit),
          iterator: NextShardIterator === undefined ? undefined : { value: NextShardIterator, until },
        };
      } catch (error) {
        const { iterator: _, ...position } = from;
        // The clock that says until when it lives may have been set back.
        if (error instanceof ExpiredIteratorException && from.iterator) return this.read(shard, position);
        if (error instanceof TrimmedDataAccessException) {
          throw new ChangesDroppedError(`Shard ${shard} has dropped what follows ${from.after}`, { cause: error });
        }
        throw error;
      }
    },
  };
}

function changedCommit({ eventName, dynamodb }: StreamRecord): ChangedCommit {
  return {
    sequenceNumber: dynamodb?.SequenceNumber ?? '',
    writtenAt: dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0,
    written: eventName === 'INSERT' ? writtenIn(dynamodb) : undefined,
  };
}

/** A record has its item's key, whatever else is in the item. */
function writtenIn(change: StreamRecord['dynamodb']): ChangedCommit['written'] {
  try {
    return itemToCommit((change?.NewImage ?? {}) as Item);
  } catch (error) {
    const { [eventTableKey.partition]: stream, [eventTableKey.sort]: version } = change?.Keys ?? {};
    return { kind: 'unreadable', ...defectOf({ stream: stream?.S ?? '', version: Number(version?.N) }, error) };
  }
}
