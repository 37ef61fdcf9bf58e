// How much a queue holds, and its dead-letter queue.
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Both are approximate for about a minute after the last message (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html). */
export interface QueueDepth {
  /** Messages that wait, are delayed, or are being worked on. */
  readonly pending: number;
  /** Messages in the queue's dead-letter queue. */
  readonly deadLetters: number;
}

export async function queueDepth(client: SQSClient, queueUrl: string): Promise<QueueDepth> {
  const { held, deadLettersUrl } = await look(client, queueUrl);
  if (deadLettersUrl === undefined) return { pending: held, deadLetters: 0 };
  return { pending: held, deadLetters: (await look(client, deadLettersUrl)).held };
}

/** @returns the URL of the queue's dead-letter queue @throws RangeError where it has none */
export async function deadLettersUrlOf(client: SQSClient, queueUrl: string): Promise<string> {
  const { deadLettersUrl } = await look(client, queueUrl);
  if (deadLettersUrl !== undefined) return deadLettersUrl;
  throw new RangeError(`${queueUrl} has no dead-letter queue`);
}

async function look(client: SQSClient, queueUrl: string) {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
        'RedrivePolicy',
      ],
    }),
  );
  const { RedrivePolicy: policy } = Attributes;
  const held = Number(Attributes['ApproximateNumberOfMessages'] ?? 0);
  const hidden = Number(Attributes['ApproximateNumberOfMessagesNotVisible'] ?? 0);
  const delayed = Number(Attributes['ApproximateNumberOfMessagesDelayed'] ?? 0);
  return {
    held: held + hidden + delayed,
    deadLettersUrl: policy === undefined ? undefined : deadLettersUrlIn(policy, queueUrl),
  };
}

/** A queue and its dead-letter queue are of one account and region, so their URLs differ in the name alone, with which the ARN ends. */
function deadLettersUrlIn(redrivePolicy: string, queueUrl: string): string {
  const { deadLetterTargetArn } = JSON.parse(redrivePolicy) as { readonly deadLetterTargetArn: string };
  const name = deadLetterTargetArn.slice(deadLetterTargetArn.lastIndexOf(':') + 1);
  return queueUrl.replace(/[^/]+$/, name);
}
