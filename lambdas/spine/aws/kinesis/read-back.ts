// Reads records of the event stream back by their positions.
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  InvalidArgumentException,
  type KinesisClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-kinesis';
import type { RecordsToRedrive } from '../../kernel/pipeline/redrive.ts';
import { readShardRange, type ShardRange } from '../../kernel/pipeline/shard-range.ts';

export interface BundleRecord {
  readonly sequenceNumber: string;
  /** The text of the bundle. */
  readonly text: string;
}

export const kinesisReadBack =
  (client: KinesisClient) =>
  async ({ streamArn, shardId, first, last }: RecordsToRedrive): Promise<ShardRange<BundleRecord>> => {
    const StreamName = streamNameIn(streamArn);
    const start = await startOf(client, { StreamName, ShardId: shardId, StartingSequenceNumber: first });
    return readShardRange({ first, last }, start, async (ShardIterator) => {
      const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator }));
      const records = Records.map(({ SequenceNumber = '', Data = new Uint8Array() }) => ({
        ...{ sequenceNumber: SequenceNumber, text: Buffer.from(Data).toString('utf8') },
      }));
      return { records, next: NextShardIterator };
    });
  };

/**
 * A mapping's source is `…:stream/<name>`, or with enhanced fan-out a consumer: `…:stream/<name>/consumer/<name>:<time>`
 * (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Consumer.html).
 */
const streamNameIn = (sourceArn: string): string | undefined => sourceArn.split('/')[1];

/** @returns `undefined` when the stream has no such shard or record any more */
async function startOf(
  client: KinesisClient,
  position: { StreamName: string | undefined; ShardId: string; StartingSequenceNumber: string },
): Promise<string | undefined> {
  try {
    const command = new GetShardIteratorCommand({ ...position, ShardIteratorType: 'AT_SEQUENCE_NUMBER' });
    return (await client.send(command)).ShardIterator;
  } catch (error) {
    if (error instanceof InvalidArgumentException || error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
