// What becomes of a stream's batch that has failed in part or as a whole.
import type { StreamSettings } from './mapping-settings.ts';
import type { StreamRecord } from './stream-record.ts';

export interface Batch {
  readonly records: readonly StreamRecord[];
  /** Failures so far that count against the limit. */
  readonly retries: number;
  /** Invocations so far, of this batch or the ones it was part of. */
  readonly invocations: number;
}

export type AfterFailure =
  | { readonly kind: 'retry'; readonly batches: readonly Batch[] }
  | { readonly kind: 'discard'; readonly batch: Batch };

/**
 * The records before the first failed one are done; the others are tried again, in two halves if the mapping bisects. Splitting does
 * not count as a retry, so a record that always fails ends up alone.
 * @param firstFailed index of the first failed record
 */
export function afterFailure(
  batch: Batch,
  firstFailed: number,
  { bisects, maximumRetryAttempts }: Pick<StreamSettings, 'bisects' | 'maximumRetryAttempts'>,
): AfterFailure {
  const left = { ...batch, records: batch.records.slice(firstFailed), invocations: batch.invocations + 1 };
  if (bisects && firstFailed > 0) return { kind: 'retry', batches: [left] };
  if (bisects && left.records.length > 1) {
    const middle = Math.ceil(left.records.length / 2);
    const halves = [left.records.slice(0, middle), left.records.slice(middle)];
    return { kind: 'retry', batches: halves.map((records) => ({ ...left, records })) };
  }
  if (batch.retries >= maximumRetryAttempts) return { kind: 'discard', batch: left };
  return { kind: 'retry', batches: [{ ...left, retries: batch.retries + 1 }] };
}

const firstDelayInMillis = 100;
const longestDelayInMillis = 5000;

/** The wait before the next attempt, doubled with every failure in a row. AWS publishes no figures for its own. */
export const retryDelayInMillis = (failuresInARow: number): number =>
  Math.min(firstDelayInMillis * 2 ** (failuresInARow - 1), longestDelayInMillis);
