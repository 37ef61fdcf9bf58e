// Where a hop leaves word of what it could not pass on, for the redrive: the failure queue of its stream mapping. Names of streams go
// in a form of our own, version 1. Records go by their positions in the form in which Lambda reports a batch that it gave up
// (https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html and …/kinesis-on-failure-destination.html), so that
// there is one form for both.
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type BundleLimits, bundles } from '../../kernel/pipeline/bundle.ts';
import type { RedriveQueue, ToRedrive } from '../../kernel/pipeline/redrive.ts';
import { asciiJson } from '../wire/ascii-json.ts';
import { deliver } from '../wire/delivery.ts';
import { undeliveredIn } from './send-message-batch.ts';

/** So few that one run of the redrive goes through several messages, however slowly it reads. */
const STREAMS_PER_MESSAGE = 200;
/** A call takes 10 messages and, in services older than August 2025, 256 KiB in all (SQS quotas). */
const CALL_LIMITS: BundleLimits = { bytes: 250_000, hints: 10 };

/** @param delayInSeconds how long a message stays hidden at first: at most 900 (SQS quotas) */
export const sqsRedriveQueue = (client: SQSClient, queueUrl: string, delayInSeconds = 0): RedriveQueue => ({
  async send(what) {
    const messages = what.flatMap(inMessages).map((each) => ({ each, bytes: bodyOf(each).length }));
    const calls = bundles(messages, CALL_LIMITS).map((call) =>
      deliver(call, {
        async send(entries, abortSignal) {
          const Entries = entries.map(({ each }, index) => ({
            ...{ Id: String(index), MessageBody: bodyOf(each), DelaySeconds: delayInSeconds },
          }));
          const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries });
          return undeliveredIn(await client.send(command, { abortSignal }), entries);
        },
        takeApart: () => [],
      }),
    );
    return (await Promise.all(calls)).flat().map(({ entry }) => entry.each);
  },
});

function inMessages(what: ToRedrive): ToRedrive[] {
  if (what.kind === 'records') return [what];
  const count = Math.ceil(what.streams.length / STREAMS_PER_MESSAGE);
  return Array.from({ length: count }, (_, index) => ({
    ...what,
    streams: what.streams.slice(index * STREAMS_PER_MESSAGE, (index + 1) * STREAMS_PER_MESSAGE),
  }));
}

/** What a message says that asks for it. */
export function bodyOf(what: ToRedrive): string {
  if (what.kind === 'streams') return asciiJson({ redrive: 1, subscriber: what.subscriber, streams: what.streams });
  const { shardId, first: startSequenceNumber, last: endSequenceNumber, streamArn } = what;
  const positions = { shardId, startSequenceNumber, endSequenceNumber, streamArn };
  return asciiJson({ [what.source === 'change-stream' ? 'DDBStreamBatchInfo' : 'KinesisBatchInfo']: positions });
}
