// Carries every commit from the event table's change stream to the event stream, as hints in bundles. What does not get through is
// left to the redrive by the names of its streams, and holds up nobody else.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { itemToCommit } from '../../aws/dynamodb/commit-item.ts';
import type { EventStream } from '../../aws/kinesis/event-stream.ts';
import { type EncodedHint, encodeHint } from '../../aws/wire/bundle-codec.ts';
import { COMMIT_CHANGED } from '../../bindings/log-codes.ts';
import { eventTableKey } from '../../bindings/tables.ts';
import { hintOf } from '../../kernel/pipeline/bundle.ts';
import type { RedriveQueue } from '../../kernel/pipeline/redrive.ts';
import { streamsIn } from '../../kernel/pipeline/redrive.ts';
import { type BatchResponse, failedFrom } from '../../runtime/batch-response.ts';
import { logger } from '../../runtime/logger.ts';

export interface RelayPorts {
  readonly stream: EventStream;
  readonly redrive: RedriveQueue;
}

export function relay({ stream, redrive }: RelayPorts): (event: DynamoDBStreamEvent) => Promise<BatchResponse> {
  return async ({ Records }) => {
    const inserts = Records.filter(({ eventName }) => eventName === 'INSERT');
    for (const record of Records.filter(({ eventName }) => eventName !== 'INSERT')) reportChange(record);
    const hints: EncodedHint[] = [];
    const left = new Set<string>();
    for (const record of inserts) {
      try {
        hints.push(toHint(record));
      } catch (error) {
        logger.error('A record of the change stream is no commit', { error, keys: record.dynamodb?.Keys });
        left.add(streamOf(record));
      }
    }
    const { streams, codes } = await stream.put(hints);
    if (streams.size > 0) logger.error('The event stream did not take all commits', { codes, streams: streams.size });
    for (const name of streams) left.add(name);
    if (left.size === 0) return failedFrom(undefined);
    const lost = streamsIn(await redrive.send([{ kind: 'streams', streams: [...left] }]));
    return failedFrom(inserts.find((record) => lost.has(streamOf(record)))?.dynamodb?.SequenceNumber);
  };
}

/** A record has its item's key, whatever else is in the item. */
const streamOf = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.Keys?.[eventTableKey.partition]?.S ?? '';

/** Commits are written once. Whoever changes one has gone around the functions, and subscribers know it as it was. */
function reportChange({ eventName, dynamodb }: DynamoDBRecord): void {
  logger.error('A commit was changed or deleted', { code: COMMIT_CHANGED, change: eventName, keys: dynamodb?.Keys });
}

function toHint({ dynamodb }: DynamoDBRecord): EncodedHint {
  const commit = itemToCommit((dynamodb?.NewImage ?? {}) as Record<string, AttributeValue>);
  return encodeHint(hintOf(commit));
}
