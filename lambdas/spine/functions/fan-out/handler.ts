// Sends every hint of the event stream to the queues of those who subscribed to its category, in bundles. What one queue does not
// take is left to the redrive by the names of its streams: each subscriber's failure is its own, and holds up nobody else.
import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import type { RedriveQueue } from '../../kernel/pipeline/redrive.ts';
import { type BatchResponse, failedFrom } from '../../runtime/batch-response.ts';
import { holds, type ReadRecord, readRecord } from './read-record.ts';
import { type Subscriber, sender } from './sender.ts';

/**
 * As many as six megabytes of plain bundles hold, which is what Lambda hands over at once
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html): packed, there are up to five times as many: more
 * than fit into memory, and too many to unpack before sending has to begin.
 */
const HINTS_AT_ONCE = 20_000;

export interface FanOutPorts {
  readonly subscribers: readonly Subscriber[];
  readonly redrive: RedriveQueue;
  now(): Date;
}

export function fanOut({
  subscribers,
  redrive,
  now,
}: FanOutPorts): (event: KinesisStreamEvent) => Promise<BatchResponse> {
  const senders = subscribers.map((subscriber) => sender(subscriber, now));
  const spread = async (records: readonly ReadRecord[]): Promise<string | undefined> => {
    const hints = records.flatMap((record) => record.hints);
    const undelivered = await Promise.all(senders.map((send) => send(hints)));
    const left = [...undelivered.flat(), ...records.flatMap(({ unreadable }) => unreadable ?? [])];
    if (left.length === 0) return undefined;
    const lost = await redrive.send(left);
    return records.find((record) => holds(record, lost))?.sequenceNumber;
  };
  return async ({ Records }) => {
    for (const records of inParts(Records)) {
      const failed = await spread(records);
      if (failed !== undefined) return failedFrom(failed);
    }
    return failedFrom(undefined);
  };
}

/** Reads records until they hold {@link HINTS_AT_ONCE} hints or more. */
function* inParts(records: readonly KinesisStreamRecord[]): Generator<readonly ReadRecord[]> {
  let part: ReadRecord[] = [];
  let hints = 0;
  for (const record of records) {
    const read = readRecord(record);
    part.push(read);
    hints += read.hints.length;
    if (hints < HINTS_AT_ONCE) continue;
    yield part;
    part = [];
    hints = 0;
  }
  if (part.length > 0) yield part;
}
