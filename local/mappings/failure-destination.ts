// Where a mapping reports the records that it gives up.
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { queueNameOf, queueUrl } from '../services/sqs/queue-url.ts';
import type { BatchProcessing } from './batch-processing.ts';
import { type BatchInfoName, discardedBatchMessage } from './discarded-batch.ts';
import type { StreamSettings } from './mapping-settings.ts';

export interface FailureDestination {
  readonly client: SQSClient;
  /** Of SQS. */
  readonly endpoint: string;
  /** Shown to people, with or without a queue. */
  warn(message: string): void;
}

/** What to do with records of a shard that are given up. */
export const discardTo =
  (
    { client, endpoint, warn }: FailureDestination,
    settings: StreamSettings,
    source: { readonly infoName: BatchInfoName; readonly shardId: string },
  ): BatchProcessing['discard'] =>
  async (batch, reason) => {
    const { functionName, sourceArn, onFailureQueueArn } = settings;
    warn(`${functionName} gave up ${batch.records.length} record(s) of ${sourceArn}: ${reason}`);
    if (onFailureQueueArn === undefined) return;
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl(endpoint, queueNameOf(onFailureQueueArn)),
        MessageBody: discardedBatchMessage(batch, reason, settings, source),
      }),
    );
  };
