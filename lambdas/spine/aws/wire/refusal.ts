// Why a service did not take a call: it is worth another try as it is, it has to be made smaller first, or neither helps.
import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { SdkError } from '@smithy/types';

export type Refusal =
  /** The service was not able to; the same call may go through later. */
  | 'passing'
  /** The service will never take this content. */
  | 'content'
  /** Something else has to change first: a permission, a queue that is gone, a key. */
  | 'lasting';

/**
 * How services name a content that they refuse, without the prefix `AWS.SimpleQueueService.` that SQS may put before it. Of SQS:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html#API_SendMessageBatch_Errors and
 * …/CommonErrors.html; of Kinesis: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html#API_PutRecords_Errors.
 */
const CONTENT_REFUSALS: ReadonlySet<string> = new Set([
  'BatchRequestTooLong',
  'InvalidMessageContents',
  'InvalidParameterValue',
  'InvalidParameterValueException',
  'MessageTooLong',
  'InvalidArgumentException',
  'RequestEntityTooLarge',
  'SerializationException',
  'ValidationError',
  'ValidationException',
]);

const CONTENT_TOO_LARGE = 413;

/** The error's name as the service gives it: for logs, where its message could quote what was sent. */
export const codeOf = (error: unknown): string => {
  const name = error instanceof Error ? error.name : 'unknown';
  return name.slice(name.lastIndexOf('.') + 1);
};

export function refusalOf(error: unknown): Refusal {
  const { $fault, $metadata } = error as Partial<SdkError>;
  const isPassing = $fault !== 'client' || isThrottlingError(error as SdkError) || isTransientError(error as SdkError);
  const isContent = CONTENT_REFUSALS.has(codeOf(error)) || $metadata?.httpStatusCode === CONTENT_TOO_LARGE;
  if (isContent) return 'content';
  return isPassing ? 'passing' : 'lasting';
}
