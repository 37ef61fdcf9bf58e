// A budget that several processes spend from at once: a token bucket under optimistic locking.
import { backoffMillis } from '../backoff.ts';
import { EventspineError } from '../errors.ts';
import type { ExecutionPorts } from '../execution/execute-command.ts';
import { type BucketLimits, fullBucket, refill, type TokenBucket } from './token-bucket.ts';

/** A bucket and how often it was written. A storage format. */
export interface StoredBucket extends TokenBucket {
  readonly revision: number;
}

export interface BudgetStore {
  /** Strongly consistent; `undefined` before the first write. */
  load(): Promise<StoredBucket | undefined>;
  /** Writes the bucket if its revision is the next one. */
  save(stored: StoredBucket): Promise<'saved' | 'conflict'>;
}

export interface BudgetPorts extends Pick<ExecutionPorts, 'wait' | 'random'> {
  readonly budget: BudgetStore;
  now(): Date;
}

/** Others kept changing the budget; nothing was spent. */
export class BudgetContentionError extends EventspineError {
  readonly code = 'budget_contention';
}

const MAX_ATTEMPTS = 10;

/**
 * Changes the budget after refilling it; a new budget is full. Concurrent changes take effect one after the other. A change
 * whose answer is lost counts, and may count twice.
 * @param change decides on the current bucket; called again when another change came first
 * @throws BudgetContentionError
 */
export async function changeBudget<Change extends { readonly bucket: TokenBucket }>(
  ports: BudgetPorts,
  limits: BucketLimits,
  change: (bucket: TokenBucket) => Change,
): Promise<Change> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    if (attempt > 1) await ports.wait(backoffMillis(attempt, ports.random()));
    const standing = await ports.budget.load();
    const now = ports.now().getTime();
    const bucket = standing ? refill(standing, limits, now) : fullBucket(limits, now);
    const changed = change(bucket);
    if (changed.bucket.tokens === bucket.tokens) return changed;
    const { tokens, refilledAt } = changed.bucket;
    const revision = (standing?.revision ?? 0) + 1;
    if ((await ports.budget.save({ tokens, refilledAt, revision })) === 'saved') return changed;
  }
  throw new BudgetContentionError(`A budget could not be changed in ${MAX_ATTEMPTS} attempts: others kept changing it`);
}
