// The queue of invalidations on SQS. Messages may be hidden for 900 s at most (SQS quotas).
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { EventspineError } from '../../kernel/errors.ts';
import type { Invalidation, InvalidationQueue } from '../../kernel/pipeline/invalidation.ts';
import { asciiJson } from '../wire/ascii-json.ts';

export class MalformedInvalidationError extends EventspineError {
  readonly code = 'malformed_invalidation';
}

export const sqsInvalidationQueue = (client: SQSClient, queueUrl: string): InvalidationQueue => ({
  async send(invalidation, delayInSeconds = 0) {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: asciiJson(invalidation),
        DelaySeconds: delayInSeconds,
      }),
    );
  },
});

/** What CloudFront takes as a tag: visible ASCII; a comma would end it in the header of an answer. */
const TAG = /^[\x21-\x2b\x2d-\x7e]{1,256}$/;

const isTag = (value: unknown): value is string => typeof value === 'string' && TAG.test(value);

/** @throws MalformedInvalidationError: one bad tag would have CloudFront refuse all that are sent with it */
export function invalidationIn(body: string): Invalidation {
  const { collection, tags, changedAt, pass } = parse(body);
  const isTime = typeof changedAt === 'string' && !Number.isNaN(Date.parse(changedAt));
  if (isTag(collection) && Array.isArray(tags) && tags.every(isTag) && isTime && (pass === 1 || pass === 2)) {
    return { collection, tags, changedAt, pass };
  }
  throw new MalformedInvalidationError(`An invalidation needs ${needs}`);
}

const needs = 'a collection and tags of 1 to 256 visible characters without comma, changedAt, and pass 1 or 2';

function parse(body: string): Partial<Record<keyof Invalidation, unknown>> {
  try {
    return Object(JSON.parse(body));
  } catch {
    throw new MalformedInvalidationError('An invalidation is not JSON');
  }
}
