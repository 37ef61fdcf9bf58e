// Takes one batch of a stream through a function until each of its records is done or given up.
import { setTimeout as delay } from 'node:timers/promises';
import type { FunctionHost } from '../ports.ts';
import { failedItems } from './batch-response.ts';
import { afterFailure, type Batch, retryDelayInMillis } from './batch-retry.ts';
import type { DiscardReason } from './discarded-batch.ts';
import type { StreamSettings } from './mapping-settings.ts';
import type { StreamRecord } from './stream-record.ts';

export interface BatchProcessing {
  readonly functions: Pick<FunctionHost, 'invoke'>;
  readonly settings: StreamSettings;
  /** Takes records that are given up. Resolves when they are safe. */
  discard(batch: Batch, reason: DiscardReason): Promise<void>;
  /** Called with the number of records that are done or given up. */
  completed(count: number): void;
}

/** @param stopping ends the processing after the running invocation, whatever is left of the batch */
export async function processBatch(
  records: readonly StreamRecord[],
  processing: BatchProcessing,
  stopping: AbortSignal,
): Promise<void> {
  let failuresInARow = 0;
  let todo: readonly Batch[] = [{ records, retries: 0, invocations: 0 }];
  for (;;) {
    const [next, ...later] = todo;
    if (next === undefined || stopping.aborted) return;
    const fresh = await withoutExpired(next, processing);
    const { retry, hasFailed } = await attempt(fresh, processing);
    todo = [...retry, ...later];
    failuresInARow = hasFailed ? failuresInARow + 1 : 0;
    if (retry.length > 0)
      await delay(retryDelayInMillis(failuresInARow), undefined, { signal: stopping }).catch(() => {});
  }
}

/** Discards the records that are too old; they are the first ones. */
async function withoutExpired(batch: Batch, { settings, discard, completed }: BatchProcessing): Promise<Batch> {
  const oldest = Date.now() - settings.maximumRecordAgeInMillis;
  const [expired, fresh] = [
    batch.records.filter(({ arrivedAt }) => arrivedAt < oldest),
    batch.records.filter(({ arrivedAt }) => arrivedAt >= oldest),
  ];
  if (expired.length > 0) {
    await discard({ ...batch, records: expired }, 'RecordAgeExpired');
    completed(expired.length);
  }
  return { ...batch, records: fresh };
}

interface Attempt {
  readonly retry: readonly Batch[];
  readonly hasFailed: boolean;
}

const succeeded: Attempt = { retry: [], hasFailed: false };

async function attempt(batch: Batch, { functions, settings, discard, completed }: BatchProcessing): Promise<Attempt> {
  const { records } = batch;
  if (records.length === 0) return succeeded;
  const result = await functions.invoke(settings.functionName, { Records: records.map(({ event }) => event) });
  const sequenceNumbers = records.map(({ sequenceNumber }) => sequenceNumber);
  const failed = failedItems(result, sequenceNumbers, settings.reportsItemFailures);
  const firstFailed = sequenceNumbers.findIndex((sequenceNumber) => failed.has(sequenceNumber));
  completed(firstFailed === -1 ? records.length : firstFailed);
  if (firstFailed === -1) return succeeded;
  const after = afterFailure(batch, firstFailed, settings);
  if (after.kind === 'retry') return { retry: after.batches, hasFailed: true };
  await discard(after.batch, 'RetryAttemptsExhausted');
  completed(after.batch.records.length);
  return { retry: [], hasFailed: true };
}
