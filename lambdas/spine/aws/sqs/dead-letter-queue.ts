// A dead-letter queue on SQS, and the queue that its messages came from.
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { queueDepth } from './queue-depth.ts';

/** A message taken out of the dead-letter queue for a while. */
export interface DeadMessage {
  readonly id: string;
  readonly body: string;
  /** Over all queues it has been in, this time included, as SQS counts them. */
  readonly receives: number;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** Milliseconds since 1970. */
  readonly firstReceivedAt: number;
  readonly message: Message;
}

export interface DeadLetterQueue {
  /** How many messages there are, about. */
  depth(): Promise<number>;
  /** Up to 10, hidden from others for so long. None when there are no visible ones. */
  take(hiddenInSeconds: number): Promise<readonly DeadMessage[]>;
  /** Sends a message to the queue that it came from, as it was. */
  sendBack(dead: DeadMessage): Promise<void>;
  remove(dead: DeadMessage): Promise<void>;
  /** Shows messages to others again; up to 10. */
  release(dead: readonly DeadMessage[]): Promise<void>;
}

/** With a wait SQS asks all its servers, so that none of a few messages is missed (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html). */
const WAIT_IN_SECONDS = 1;

/** @param queueUrl of the queue whose redrive policy names the dead-letter queue */
export function sqsDeadLetterQueue(client: SQSClient, queueUrl: string, deadLettersUrl: string): DeadLetterQueue {
  const QueueUrl = deadLettersUrl;
  return {
    depth: async () => (await queueDepth(client, queueUrl)).deadLetters,
    async take(hiddenInSeconds) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          ...{ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: WAIT_IN_SECONDS },
          ...{ VisibilityTimeout: hiddenInSeconds, MessageAttributeNames: ['All'] },
          MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp', 'ApproximateFirstReceiveTimestamp'],
        }),
      );
      return Messages.map(deadMessage);
    },
    async sendBack({ body, message: { MessageAttributes } }) {
      await client.send(
        new SendMessageCommand({
          ...{ QueueUrl: queueUrl, MessageBody: body },
          ...(MessageAttributes && { MessageAttributes }),
        }),
      );
    },
    async remove({ message: { ReceiptHandle } }) {
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    },
    async release(dead) {
      const Entries = dead.map(({ message: { ReceiptHandle } }, index) => ({
        ...{ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 },
      }));
      await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    },
  };
}

function deadMessage(message: Message): DeadMessage {
  const { MessageId: id = '', Body: body = '', Attributes = {} } = message;
  const sentAt = Number(Attributes.SentTimestamp ?? Date.now());
  return {
    ...{ id, body, message, sentAt },
    receives: Number(Attributes.ApproximateReceiveCount ?? 1),
    firstReceivedAt: Number(Attributes.ApproximateFirstReceiveTimestamp ?? sentAt),
  };
}
