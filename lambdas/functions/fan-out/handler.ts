// Sends every hint of the event stream to the queues of those who subscribed to its category, in bundles. What one queue does not
// take is left to the redrive by the names of its streams: each subscriber's failure is its own, and holds up nobody else.
import type { KinesisStreamEvent } from 'aws-lambda';
import type { RedriveQueue } from '../../adapters/sqs/redrive-queue.ts';
import { type BatchResponse, failedFrom } from '../../runtime/batch-response.ts';
import { holds, readRecord } from './read-record.ts';
import { type Subscriber, sender } from './sender.ts';

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
  return async ({ Records }) => {
    const records = Records.map(readRecord);
    const hints = records.flatMap((record) => record.hints);
    const undelivered = await Promise.all(senders.map((send) => send(hints)));
    const left = [...undelivered.flat(), ...records.flatMap(({ unreadable }) => unreadable ?? [])];
    if (left.length === 0) return failedFrom(undefined);
    const lost = await redrive.send(left);
    return failedFrom(records.find((record) => holds(record, lost))?.sequenceNumber);
  };
}
