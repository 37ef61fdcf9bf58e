// A subscription's queue on SQS: bundles of hints.
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type BundleLimits, bundles } from '../../kernel/pipeline/bundle.ts';
import { requestHandler } from '../request-handler.ts';
import { type EncodedHint, encodeBundle, type WireVersion } from '../wire/bundle-codec.ts';
import { deliver, type Transport } from '../wire/delivery.ts';
import { inSmallerBundles, type UndeliveredHints, undeliveredHints } from '../wire/undelivered-hints.ts';
import { undeliveredIn } from './send-message-batch.ts';

/** Well under the 256 KiB that every SQS-compatible service takes. Packed it is less. */
const MAX_MESSAGE_BYTES = 120_000;
/** A call takes 10 messages (SQS quotas) and, in services older than August 2025, 256 KiB in all. */
const CALL_LIMITS: BundleLimits = { bytes: 250_000, hints: 10 };

export interface SubscriptionQueue {
  /** Sends the hints. What the queue refuses for its content is taken apart until a hint goes without its events. Never throws. */
  send(hints: readonly EncodedHint[]): Promise<UndeliveredHints>;
}

export const sqsClient = (): SQSClient => new SQSClient({ requestHandler: requestHandler(10_000) });

interface Message {
  readonly hints: readonly EncodedHint[];
  readonly body: string;
  readonly bytes: number;
}

/**
 * @param hintsPerMessage as many as the subscriber's time allows for
 * @param wireVersion the newest that every running version of its subscriber reads
 */
export function sqsSubscriptionQueue(
  client: SQSClient,
  queueUrl: string,
  hintsPerMessage: number,
  wireVersion: WireVersion = 1,
): SubscriptionQueue {
  const messageOf = (hints: readonly EncodedHint[]): Message => {
    const body = encodeBundle(hints, wireVersion);
    return { hints, body, bytes: body.length };
  };
  const limits: BundleLimits = { bytes: MAX_MESSAGE_BYTES, hints: hintsPerMessage };
  const transport: Transport<Message> = {
    async send(messages, abortSignal) {
      const Entries = messages.map(({ body }, index) => ({ Id: String(index), MessageBody: body }));
      const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries });
      return undeliveredIn(await client.send(command, { abortSignal }), messages);
    },
    takeApart: ({ hints }) => inSmallerBundles(hints).map(messageOf),
  };
  return {
    async send(hints) {
      const messages = bundles(hints, limits).map(messageOf);
      const calls = bundles(messages, CALL_LIMITS).map((call) => deliver(call, transport));
      return undeliveredHints((await Promise.all(calls)).flat());
    },
  };
}
