// Reads records of the event table's change stream back by their positions. The stream keeps them for 24 hours
// (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html).
import {
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { eventTableKey } from '../../bindings/tables.ts';
import type { RecordsToRedrive } from '../../kernel/pipeline/redrive.ts';
import { readShardRange, type ShardRange } from '../../kernel/pipeline/shard-range.ts';
import { requestHandler } from '../request-handler.ts';

export interface CommitRecord {
  readonly sequenceNumber: string;
  readonly isInsert: boolean;
  /** The stream that the commit belongs to. */
  readonly stream: string;
}

export const changeStreamClient = (): DynamoDBStreamsClient =>
  new DynamoDBStreamsClient({ requestHandler: requestHandler(5_000) });

export const changeStreamReadBack =
  (client: DynamoDBStreamsClient) =>
  async ({ streamArn, shardId, first, last }: RecordsToRedrive): Promise<ShardRange<CommitRecord>> => {
    try {
      const position = { StreamArn: streamArn, ShardId: shardId, SequenceNumber: first };
      const { ShardIterator: start } = await client.send(
        new GetShardIteratorCommand({ ...position, ShardIteratorType: 'AT_SEQUENCE_NUMBER' }),
      );
      return await readShardRange({ first, last }, start, async (ShardIterator) => {
        const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator }));
        const records = Records.map(({ eventName, dynamodb }) => ({
          sequenceNumber: dynamodb?.SequenceNumber ?? '',
          isInsert: eventName === 'INSERT',
          stream: dynamodb?.Keys?.[eventTableKey.partition]?.S ?? '',
        }));
        return { records, next: NextShardIterator };
      });
    } catch (error) {
      const isGone = error instanceof TrimmedDataAccessException || error instanceof ResourceNotFoundException;
      if (isGone) return { records: [], isWhole: false };
      throw error;
    }
  };
