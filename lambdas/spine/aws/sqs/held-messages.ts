// What a consumer does with messages that it does not finish: hides them for longer, or puts them aside for good.
import { ChangeMessageVisibilityBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** At most 10 (SQS quotas), as many as one batch has without a batching window. */
export async function hideMessages(
  client: SQSClient,
  queueUrl: string,
  messages: readonly { readonly receiptHandle: string; readonly seconds: number }[],
): Promise<void> {
  const Entries = messages.map(({ receiptHandle, seconds }, index) => ({
    ...{ Id: String(index), ReceiptHandle: receiptHandle, VisibilityTimeout: seconds },
  }));
  await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
}

/** @param body one that SQS has accepted before */
export async function buryMessage(client: SQSClient, deadLettersUrl: string, body: string): Promise<void> {
  await client.send(new SendMessageCommand({ QueueUrl: deadLettersUrl, MessageBody: body }));
}
