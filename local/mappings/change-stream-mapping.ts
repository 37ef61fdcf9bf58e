// The mapping from a table's change stream to a function. On this machine the stream is a single shard.
import type { ChangeRecord, FunctionHost, Mapping } from '../ports.ts';
import type { DynamoDb } from '../services/dynamodb/start.ts';
import { shardId } from '../services/dynamodb/stream-arn.ts';
import { discardTo, type FailureDestination } from './failure-destination.ts';
import { Lanes } from './lanes.ts';
import type { StreamSettings } from './mapping-settings.ts';
import type { StreamRecord } from './stream-record.ts';

export function changeStreamMapping(
  settings: StreamSettings,
  functions: FunctionHost,
  dynamodb: Pick<DynamoDb, 'changes'>,
  destination: FailureDestination,
): Mapping {
  const discard = discardTo(destination, settings, { infoName: 'DDBStreamBatchInfo', shardId });
  const lanes = new Lanes({ functions, settings, discard });
  dynamodb.changes.read(settings.sourceArn, (record) => lanes.push(streamRecord(record)));
  return {
    pending: () => lanes.held,
    stop: () => lanes.stop(),
  };
}

/** The first of a record's key attributes is its partition key. */
const streamRecord = (record: ChangeRecord): StreamRecord => ({
  event: { ...record, eventVersion: '1.1' },
  sequenceNumber: record.dynamodb.SequenceNumber,
  partitionKey: JSON.stringify(Object.values(record.dynamodb.Keys)[0]),
  arrivedAt: record.dynamodb.ApproximateCreationDateTime * 1000,
  sizeInBytes: record.dynamodb.SizeBytes,
});
