// How much a subscriber gets at once: what it can work through in half of its function's time, even when what it calls is slow.
// The other half is for a bad day: what is left then is handed on, see runtime/batch-worker.ts.

/** The most that Lambda takes without a batching window (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html). */
export const MAX_MESSAGES_PER_BATCH = 10;

/** With more, a message would have much to hand on whenever a little of it has to wait. */
const MAX_HINTS_PER_MESSAGE = 100;

/** The default pace: 20 streams at a time, 200 ms for each when the tables are slow. */
const DEFAULT_STREAMS_PER_SECOND = 100;

export interface BatchSizes {
  readonly messagesPerBatch: number;
  readonly hintsPerMessage: number;
}

/**
 * @param streamsPerSecond how many streams one invocation gets through in a second, in a bad case
 * @param timeoutInSeconds of the subscriber's function
 */
export function batchSizes(timeoutInSeconds: number, streamsPerSecond = DEFAULT_STREAMS_PER_SECOND): BatchSizes {
  const streams = Math.max(1, Math.floor((streamsPerSecond * timeoutInSeconds) / 2));
  const messagesPerBatch = Math.min(MAX_MESSAGES_PER_BATCH, streams);
  const hintsPerMessage = Math.min(MAX_HINTS_PER_MESSAGE, Math.floor(streams / messagesPerBatch));
  return { messagesPerBatch, hintsPerMessage };
}
