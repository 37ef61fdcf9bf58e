// The mapping from a Kinesis stream to a function.
import { KinesisClient, type _Record as KinesisRecord, ListShardsCommand } from '@aws-sdk/client-kinesis';
import type { FunctionHost, Mapping } from '../ports.ts';
import { clientSettings } from '../services/client-settings.ts';
import type { Kinesis } from '../services/kinesis/start.ts';
import { region } from '../template/account.ts';
import { discardTo, type FailureDestination } from './failure-destination.ts';
import { Lanes } from './lanes.ts';
import type { StreamSettings } from './mapping-settings.ts';
import { ShardReader } from './shard-reader.ts';
import type { StreamRecord } from './stream-record.ts';

/** Lambda's limit on the records of one look. */
const maximumLimit = 10_000;

export async function eventStreamMapping(
  settings: StreamSettings,
  functions: FunctionHost,
  kinesis: Kinesis,
  destination: FailureDestination,
): Promise<Mapping> {
  const client = new KinesisClient(clientSettings(kinesis.endpoint));
  const stream = settings.sourceArn.split(':stream/')[1] ?? '';
  const roomForRecords = Math.min(settings.batchSize * settings.lanesPerShard, maximumLimit);

  const shardMapping = (shardId: string) => {
    const discard = discardTo(destination, settings, { infoName: 'KinesisBatchInfo', shardId });
    const lanes = new Lanes({ functions, settings, discard }, () => reader.look());
    const reader = new ShardReader({
      client,
      shard: { stream, shardId },
      limit: roomForRecords,
      hasRoom: () => lanes.held < roomForRecords,
      take: (record) => lanes.push(streamRecord(record, shardId, settings.sourceArn)),
      warn: destination.warn,
    });
    return { reader, lanes };
  };

  const shards = new Map<string, ReturnType<typeof shardMapping>>();
  const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName: stream }));
  for (const { ShardId = '' } of Shards) shards.set(ShardId, shardMapping(ShardId));
  kinesis.arrivals.listen((arrival) => {
    if (arrival.stream === stream) shards.get(arrival.shardId)?.reader.arrived();
  });
  return {
    pending: () => [...shards.values()].reduce((pending, { reader, lanes }) => pending + reader.unread + lanes.held, 0),
    async stop() {
      await Promise.all([...shards.values()].flatMap(({ reader, lanes }) => [reader.stop(), lanes.stop()]));
      client.destroy();
    },
  };
}

function streamRecord(record: KinesisRecord, shardId: string, streamArn: string): StreamRecord {
  const {
    SequenceNumber = '',
    PartitionKey = '',
    Data = new Uint8Array(),
    ApproximateArrivalTimestamp = new Date(),
  } = record;
  const data = Buffer.from(Data).toString('base64');
  return {
    event: {
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: PartitionKey,
        sequenceNumber: SequenceNumber,
        data,
        approximateArrivalTimestamp: ApproximateArrivalTimestamp.getTime() / 1000,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${shardId}:${SequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: 'arn:aws:iam::000000000000:role/local',
      awsRegion: region,
      eventSourceARN: streamArn,
    },
    sequenceNumber: SequenceNumber,
    partitionKey: PartitionKey,
    arrivedAt: ApproximateArrivalTimestamp.getTime(),
    sizeInBytes: data.length,
  };
}
