// The hints in a record of the event stream. A record that cannot be read has a position at least.
import type { KinesisStreamRecord } from 'aws-lambda';
import { decodeBundle } from '../../aws/wire/bundle-codec.ts';
import type { Hint } from '../../kernel/pipeline/bundle.ts';
import { type RecordsToRedrive, streamsIn, type ToRedrive } from '../../kernel/pipeline/redrive.ts';
import { logger } from '../../runtime/logger.ts';

export interface ReadRecord {
  readonly sequenceNumber: string;
  readonly hints: readonly Hint[];
  /** Present when the record is not a bundle, or is one of a wire version that this code does not know. */
  readonly unreadable?: RecordsToRedrive;
}

export function readRecord({ kinesis, eventID, eventSourceARN: streamArn }: KinesisStreamRecord): ReadRecord {
  const { sequenceNumber, data } = kinesis;
  try {
    return { sequenceNumber, hints: decodeBundle(Buffer.from(data, 'base64').toString('utf8')) };
  } catch (error) {
    logger.error('A record of the event stream is no bundle', { error, sequenceNumber });
    const position = { shardId: shardIdIn(eventID), first: sequenceNumber, last: sequenceNumber };
    return {
      sequenceNumber,
      hints: [],
      unreadable: { kind: 'records', source: 'event-stream', streamArn, ...position },
    };
  }
}

/** `shardId-000000000006:4959…` (https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html#services-kinesis-event-example) */
const shardIdIn = (eventId: string): string => eventId.slice(0, eventId.indexOf(':'));

/** Whether `what` names the record, or a stream of one of its hints. */
export function holds(record: ReadRecord, what: readonly ToRedrive[]): boolean {
  const streams = streamsIn(what);
  return (
    record.hints.some(({ stream }) => streams.has(stream)) ||
    what.some((each) => each.kind === 'records' && each.first === record.sequenceNumber)
  );
}
