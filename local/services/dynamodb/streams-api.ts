// DynamoDB Streams' API, as far as functions need it: reading back what was given up, by its position.
import * as z from 'zod';
import { type KeptRecords, sequenceOf } from './kept-records.ts';
import { failure, success, type WireRequest, type WireResponse } from './wire.ts';

/** The API shares its endpoint with DynamoDB's here. */
export const isForStreams = ({ headers }: WireRequest): boolean =>
  String(headers['x-amz-target']).startsWith('DynamoDBStreams_');

const getShardIterator = z.object({
  StreamArn: z.string(),
  ShardIteratorType: z.literal('AT_SEQUENCE_NUMBER'),
  SequenceNumber: z.string().regex(/^\d+$/),
});

/** A stream's ARN has no blank. */
const iterator = z
  .string()
  .regex(/^\S+ \d+$/)
  .transform((text) => text.split(' ') as [streamArn: string, sequenceNumber: string]);

const getRecords = z.object({ ShardIterator: iterator, Limit: z.int().min(1).max(1000).default(1000) });

export function answerFromStreams({ operation, body }: WireRequest, kept: KeptRecords): WireResponse {
  switch (operation) {
    case 'GetShardIterator': {
      const request = getShardIterator.safeParse(JSON.parse(body));
      if (!request.success) return failure('ValidationException', z.prettifyError(request.error));
      const { StreamArn, SequenceNumber } = request.data;
      const [first] = kept.from(StreamArn, BigInt(SequenceNumber));
      return first && sequenceOf(first) === BigInt(SequenceNumber)
        ? success({ ShardIterator: `${StreamArn} ${SequenceNumber}` })
        : failure('TrimmedDataAccessException', `The stream has no record ${SequenceNumber} any more.`);
    }
    case 'GetRecords': {
      const request = getRecords.safeParse(JSON.parse(body));
      if (!request.success) return failure('ValidationException', z.prettifyError(request.error));
      const { ShardIterator, Limit } = request.data;
      const [streamArn, from] = ShardIterator;
      const found = kept.from(streamArn, BigInt(from)).slice(0, Limit);
      const last = found.at(-1);
      const next = last === undefined ? from : String(sequenceOf(last) + 1n);
      // Lambda adds the stream's ARN to a record; the stream itself doesn't.
      const Records = found.map(({ eventSourceARN: _, ...record }) => record);
      return success({ Records, NextShardIterator: `${streamArn} ${next}` });
    }
    default:
      return failure('UnknownOperationException', `${operation} of DynamoDB Streams is not known here`);
  }
}
