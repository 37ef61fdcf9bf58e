import type { SendMessageBatchCommandOutput } from '@aws-sdk/client-sqs';
import type { Undelivered } from '../wire/delivery.ts';

/**
 * The entries that SQS did not take. An entry's id is its index in the call. `SenderFault` says that the entry itself is at fault
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_BatchResultErrorEntry.html).
 */
export const undeliveredIn = <Entry>(
  { Failed = [] }: Pick<SendMessageBatchCommandOutput, 'Failed'>,
  entries: readonly Entry[],
): readonly Undelivered<Entry>[] =>
  Failed.flatMap(({ Id, SenderFault, Code = 'unknown' }) => {
    const entry = entries[Number(Id)];
    return entry === undefined ? [] : [{ entry, refusal: SenderFault ? 'content' : 'passing', code: Code }];
  });
