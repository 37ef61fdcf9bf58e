// A subscription's queue on SQS: bundles of hints.
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type BundleLimits, bundles } from '../../kernel/bundle.ts';
import { requestHandler } from '../request-handler.ts';
import { type EncodedHint, encodeBundle } from '../wire/bundle-codec.ts';
import { sendWithRetry } from '../wire/send-with-retry.ts';

/** Well under the 256 KiB that every SQS-compatible service takes. */
const MAX_MESSAGE_BYTES = 120_000;
/** A call takes 10 messages (SQS quotas) and, in services older than August 2025, 256 KiB in all. */
const CALL_LIMITS: BundleLimits = { bytes: 250_000, hints: 10 };

export interface SubscriptionQueue {
  /** Sends the hints. Returns the streams whose hints did not all get through. */
  send(hints: readonly EncodedHint[]): Promise<ReadonlySet<string>>;
}

export const sqsClient = (): SQSClient => new SQSClient({ requestHandler: requestHandler(10_000) });

interface Message {
  readonly hints: readonly EncodedHint[];
  readonly body: string;
  readonly bytes: number;
}

/** @param hintsPerMessage as many as the subscriber's time allows for */
export function sqsSubscriptionQueue(client: SQSClient, queueUrl: string, hintsPerMessage: number): SubscriptionQueue {
  const sendCall = async (messages: readonly Message[]): Promise<readonly Message[]> => {
    const { Failed = [] } = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: messages.map(({ body }, index) => ({ Id: String(index), MessageBody: body })),
      }),
    );
    const failedIds = new Set(Failed.map(({ Id }) => Id));
    return messages.filter((_, index) => failedIds.has(String(index)));
  };
  return {
    async send(hints) {
      const messages = bundles(hints, { bytes: MAX_MESSAGE_BYTES, hints: hintsPerMessage }).map((bundle): Message => {
        const body = encodeBundle(bundle);
        return { hints: bundle, body, bytes: Buffer.byteLength(body) };
      });
      const calls = bundles(messages, CALL_LIMITS).map((call) => sendWithRetry(call, sendCall));
      const failed = (await Promise.all(calls)).flat();
      return new Set(failed.flatMap((message) => message.hints.map(({ stream }) => stream)));
    },
  };
}
