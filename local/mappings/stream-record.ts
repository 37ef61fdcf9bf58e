// A record of a stream on its way to a function, whichever stream it comes from.

export interface StreamRecord {
  /** The record as the function gets it. */
  readonly event: Readonly<Record<string, unknown>>;
  /** Names the record in a partial batch response. */
  readonly sequenceNumber: string;
  /** Records with the same one are processed in order. */
  readonly partitionKey: string;
  /** Milliseconds since the epoch. */
  readonly arrivedAt: number;
  readonly sizeInBytes: number;
}

/** Lambda's limit on the payload of an invocation. */
const maximumPayloadInBytes = 6 * 1024 * 1024;

/** How many records from the front fit into one invocation; one always does. */
export function fittingCount(records: readonly StreamRecord[], batchSize: number): number {
  let bytes = 0;
  for (const [count, { sizeInBytes }] of records.entries()) {
    bytes += sizeInBytes;
    if (count === batchSize || (count > 0 && bytes > maximumPayloadInBytes)) return count;
  }
  return records.length;
}
