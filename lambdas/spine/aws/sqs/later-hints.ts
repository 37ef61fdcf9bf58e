// Hints that a subscriber sends to its own queue for later.
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { RETRY_ATTRIBUTE } from '../../bindings/message-attributes.ts';
import type { LaterHints } from '../../kernel/pipeline/later-hints.ts';
import { encodeBundle, encodeHint } from '../wire/bundle-codec.ts';

/** The longest delay of a message: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const MAX_DELAY_IN_SECONDS = 900;

export const sqsLaterHints = (client: SQSClient, queueUrl: string): LaterHints => ({
  async send(hint, delayInSeconds) {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: encodeBundle([encodeHint({ ...hint, events: [] })]),
        DelaySeconds: delayInSeconds,
        MessageAttributes: { [RETRY_ATTRIBUTE]: { DataType: 'String', StringValue: hint.stream } },
      }),
    );
  },
});
