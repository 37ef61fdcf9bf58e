// The invalidations of a distribution. Here each is completed when it is created.
import { ulid } from 'ulid';
import type { InvalidationItem } from '../../edge/invalidation.ts';

/** Removes what the items name from the cache of the distribution. */
export type Invalidate = (items: readonly InvalidationItem[]) => void;

export interface InvalidationBatch {
  readonly callerReference: string;
  /** As they were sent: `#book-7`, `/books/*`. */
  readonly items: readonly string[];
}

export interface Invalidation extends InvalidationBatch {
  readonly id: string;
  readonly createdAt: Date;
}

/** How many are remembered, for `GetInvalidation` and for a caller's reference that comes again. */
const maxRemembered = 10_000;

export class Invalidations {
  readonly #invalidate: Invalidate;
  readonly #byReference = new Map<string, Invalidation>();

  constructor(invalidate: Invalidate) {
    this.#invalidate = invalidate;
  }

  /**
   * Carries the batch out, unless it has been: then it answers the invalidation of the first time.
   * @param named what the batch's items name
   * @returns undefined when the caller's reference stands for another batch
   */
  create(batch: InvalidationBatch, named: readonly InvalidationItem[]): Invalidation | undefined {
    const before = this.#byReference.get(batch.callerReference);
    if (before !== undefined) return isSameBatch(before, batch) ? before : undefined;
    this.#invalidate(named);
    const invalidation = { ...batch, id: `I${ulid().slice(-13)}`, createdAt: new Date() };
    this.#byReference.set(batch.callerReference, invalidation);
    const [oldest] = this.#byReference.keys();
    if (oldest !== undefined && this.#byReference.size > maxRemembered) this.#byReference.delete(oldest);
    return invalidation;
  }

  find(id: string): Invalidation | undefined {
    return [...this.#byReference.values()].find((invalidation) => invalidation.id === id);
  }
}

const isSameBatch = (one: InvalidationBatch, other: InvalidationBatch): boolean =>
  one.items.toSorted().join('\n') === other.items.toSorted().join('\n');
