// DynamoDB Streams' API, as far as functions need it: a table's stream is one shard, with a day's records. Their items are read from
// the tables, which have them as they are now: a commit is never changed.
import * as z from 'zod';
import type { ChangeLog, LoggedChange } from './change-log.ts';
import { itemsByKey } from './items-by-key.ts';
import type { TableKey } from './key-schema.ts';
import { shardId, tableOfStream } from './stream-arn.ts';
import { type Answer, failure, success, type WireRequest, type WireResponse } from './wire.ts';

/** The API shares its endpoint with DynamoDB's here. */
export const isForStreams = ({ headers }: WireRequest): boolean =>
  String(headers['x-amz-target']).startsWith('DynamoDBStreams_');

const describeStream = z.object({ StreamArn: z.string() });

const sequenceNumber = z.string().regex(/^\d+$/).transform(BigInt);
const shard = { StreamArn: z.string(), ShardId: z.string() };
const getShardIterator = z.discriminatedUnion('ShardIteratorType', [
  z.object({ ...shard, ShardIteratorType: z.literal('TRIM_HORIZON') }),
  z.object({
    ...shard,
    ShardIteratorType: z.literal(['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER']),
    SequenceNumber: sequenceNumber,
  }),
]);

/** A stream's ARN has no blank. */
const iterator = z
  .string()
  .regex(/^\S+ \d+$/)
  .transform((text) => text.split(' ') as [streamArn: string, sequenceNumber: string]);

const getRecords = z.object({ ShardIterator: iterator, Limit: z.int().min(1).max(1000).default(1000) });

export interface StreamSources {
  readonly log: ChangeLog;
  readonly dynalite: Answer;
  readonly tables: ReadonlyMap<string, TableKey>;
}

export async function answerFromStreams(
  { operation, body }: WireRequest,
  sources: StreamSources,
): Promise<WireResponse> {
  const request: unknown = JSON.parse(body);
  const refused = (error: z.ZodError) => failure('ValidationException', z.prettifyError(error));
  switch (operation) {
    case 'DescribeStream': {
      const { success: isValid, data, error } = describeStream.safeParse(request);
      return isValid ? describe(data.StreamArn, sources) : refused(error);
    }
    case 'GetShardIterator': {
      const { success: isValid, data, error } = getShardIterator.safeParse(request);
      return isValid ? iteratorFor(data, sources) : refused(error);
    }
    case 'GetRecords': {
      const { success: isValid, data, error } = getRecords.safeParse(request);
      return isValid ? records(data, sources) : refused(error);
    }
    default:
      return failure('UnknownOperationException', `${operation} of DynamoDB Streams is not known here`);
  }
}

function describe(StreamArn: string, { log }: StreamSources): WireResponse {
  const [oldest] = log.from(tableOfStream(StreamArn), 0n, 1);
  const SequenceNumberRange = { ...(oldest && { StartingSequenceNumber: oldest.sequenceNumber }) };
  return success({ StreamDescription: { StreamArn, Shards: [{ ShardId: shardId, SequenceNumberRange }] } });
}

function iteratorFor(request: z.infer<typeof getShardIterator>, { log }: StreamSources): WireResponse {
  const { StreamArn } = request;
  if (request.ShardIteratorType === 'TRIM_HORIZON') return success({ ShardIterator: `${StreamArn} 0` });
  const { SequenceNumber: wanted, ShardIteratorType: type } = request;
  const [found] = log.from(tableOfStream(StreamArn), wanted, 1);
  if (found === undefined || BigInt(found.sequenceNumber) !== wanted)
    return failure('TrimmedDataAccessException', `The stream has no record ${wanted} any more.`);
  return success({ ShardIterator: `${StreamArn} ${type === 'AT_SEQUENCE_NUMBER' ? wanted : wanted + 1n}` });
}

async function records(
  { ShardIterator: [streamArn, from], Limit }: z.infer<typeof getRecords>,
  { log, dynalite, tables }: StreamSources,
): Promise<WireResponse> {
  const table = tableOfStream(streamArn);
  const key = tables.get(table);
  const found = key ? log.from(table, BigInt(from), Limit) : [];
  const last = found.at(-1);
  const next = last === undefined ? from : String(BigInt(last.sequenceNumber) + 1n);
  const items = key
    ? await itemsByKey(
        dynalite,
        { table, key },
        found.map((each) => each.key),
      )
    : new Map();
  const Records = found.map((each) => recordOf(each, items.get(JSON.stringify(each.key))));
  return success({ Records, NextShardIterator: `${streamArn} ${next}` });
}

const recordOf = ({ sequenceNumber: SequenceNumber, createdAt, key, eventName }: LoggedChange, item: unknown) => ({
  eventID: SequenceNumber,
  eventName,
  eventSource: 'aws:dynamodb',
  dynamodb: {
    ApproximateCreationDateTime: createdAt / 1000,
    Keys: key,
    ...(item !== undefined && { NewImage: item }),
    SequenceNumber,
  },
});
