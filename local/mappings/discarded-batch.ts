// The message about a stream's batch that has been given up, as AWS sends it to an on-failure queue: where the records are, not the
// records themselves.
import { randomUUID } from 'node:crypto';
import { arn } from '../template/account.ts';
import type { Batch } from './batch-retry.ts';
import type { StreamSettings } from './mapping-settings.ts';

export type DiscardReason = 'RetryAttemptsExhausted' | 'RecordAgeExpired';

/** The message's name for its part about the stream. */
export type BatchInfoName = 'KinesisBatchInfo' | 'DDBStreamBatchInfo';

const isoTime = (epochInMillis: number | undefined): string => new Date(epochInMillis ?? 0).toISOString();

export function discardedBatchMessage(
  { records, invocations }: Batch,
  condition: DiscardReason,
  { functionName, sourceArn }: Pick<StreamSettings, 'functionName' | 'sourceArn'>,
  source: { readonly infoName: BatchInfoName; readonly shardId: string },
): string {
  const [first, last] = [records[0], records.at(-1)];
  return JSON.stringify({
    requestContext: {
      requestId: randomUUID(),
      functionArn: arn('lambda', `function:${functionName}`),
      condition,
      approximateInvokeCount: invocations,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: isoTime(Date.now()),
    [source.infoName]: {
      shardId: source.shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: isoTime(first?.arrivedAt),
      approximateArrivalOfLastRecord: isoTime(last?.arrivedAt),
      batchSize: records.length,
      streamArn: sourceArn,
    },
  });
}
