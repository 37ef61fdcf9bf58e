// What a batch function answers: which records to deliver again. Pure.

export interface BatchResponse {
  batchItemFailures: { itemIdentifier: string }[];
}

/** For queues, where each message stands for itself. */
export const failedMessages = (messageIds: readonly string[]): BatchResponse => ({
  batchItemFailures: messageIds.map((itemIdentifier) => ({ itemIdentifier })),
});

/** For streams, where everything from the first failed record on is delivered again. */
export const failedFrom = (sequenceNumber: string | undefined): BatchResponse => ({
  batchItemFailures: sequenceNumber === undefined ? [] : [{ itemIdentifier: sequenceNumber }],
});
