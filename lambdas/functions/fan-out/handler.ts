// Sends every hint of the event stream to the queues of those who subscribed to its category, in bundles.
import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import type { SubscriptionQueue } from '../../adapters/sqs/subscription-queue.ts';
import { decodeBundle, type EncodedHint, encodeHint } from '../../adapters/wire/bundle-codec.ts';
import { categoryOf } from '../../kernel/envelope.ts';
import type { Subscription } from '../../kernel/subscription.ts';
import { type BatchResponse, failedFrom } from '../../runtime/batch-response.ts';
import { logger } from '../../runtime/logger.ts';

export interface Subscriber extends Subscription {
  readonly queue: SubscriptionQueue;
}

interface ReadRecord {
  readonly sequenceNumber: string;
  readonly hints: readonly EncodedHint[];
}

export function fanOut(subscribers: readonly Subscriber[]): (event: KinesisStreamEvent) => Promise<BatchResponse> {
  return async ({ Records }) => {
    const { readable, unreadable } = read(Records);
    const hints = readable.flatMap((record) => record.hints);
    const lost = await Promise.all(
      subscribers.map(async ({ categories, queue }) => {
        const wanted = hints.filter(({ stream }) => categories.includes(categoryOf(stream)));
        return wanted.length > 0 ? [...(await queue.send(wanted))] : [];
      }),
    );
    const lostStreams = new Set(lost.flat());
    const firstLost = readable.find((record) => record.hints.some(({ stream }) => lostStreams.has(stream)));
    return failedFrom(firstLost?.sequenceNumber ?? unreadable);
  };
}

function read(records: readonly KinesisStreamRecord[]): { readable: ReadRecord[]; unreadable?: string } {
  const readable: ReadRecord[] = [];
  for (const { kinesis } of records) {
    const { sequenceNumber, data } = kinesis;
    try {
      const hints = decodeBundle(Buffer.from(data, 'base64').toString('utf8')).map(encodeHint);
      readable.push({ sequenceNumber, hints });
    } catch (error) {
      logger.error('A record of the event stream is no bundle', { error, sequenceNumber });
      return { readable, unreadable: sequenceNumber };
    }
  }
  return { readable };
}
