// Carries every commit from the event table's change stream to the event stream, as hints in bundles.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { itemToCommit } from '../../adapters/dynamodb/commit-item.ts';
import type { EventStream } from '../../adapters/kinesis/event-stream.ts';
import { type EncodedHint, encodeHint } from '../../adapters/wire/bundle-codec.ts';
import { COMMIT_CHANGED } from '../../bindings/log-codes.ts';
import { hintOf } from '../../kernel/bundle.ts';
import { type BatchResponse, failedFrom } from '../../runtime/batch-response.ts';
import { logger } from '../../runtime/logger.ts';

export function relay(stream: EventStream): (event: DynamoDBStreamEvent) => Promise<BatchResponse> {
  return async ({ Records }) => {
    const readable: { record: DynamoDBRecord; hint: EncodedHint }[] = [];
    let unreadable: DynamoDBRecord | undefined;
    for (const record of Records) {
      if (record.eventName !== 'INSERT') {
        reportChange(record);
        continue;
      }
      try {
        readable.push({ record, hint: toHint(record) });
      } catch (error) {
        logger.error('A record of the change stream is no commit', { error, keys: record.dynamodb?.Keys });
        unreadable = record;
        break;
      }
    }
    const lost = await stream.put(readable.map(({ hint }) => hint));
    const firstLost = readable.find(({ hint }) => lost.has(hint.stream))?.record;
    return failedFrom((firstLost ?? unreadable)?.dynamodb?.SequenceNumber);
  };
}

/** Commits are written once. Whoever changes one has gone around the functions, and subscribers know it as it was. */
function reportChange({ eventName, dynamodb }: DynamoDBRecord): void {
  logger.error('A commit was changed or deleted', { code: COMMIT_CHANGED, change: eventName, keys: dynamodb?.Keys });
}

function toHint({ dynamodb }: DynamoDBRecord): EncodedHint {
  const commit = itemToCommit((dynamodb?.NewImage ?? {}) as Record<string, AttributeValue>);
  return encodeHint(hintOf(commit));
}
