// The budget store port in memory, with the same condition on writes.
import type { BudgetStore, StoredBucket } from '../../kernel/pipeline/budget.ts';

export interface InMemoryBudgetStore extends BudgetStore {
  /** What stands, before the first write nothing. */
  stored(): StoredBucket | undefined;
}

export function inMemoryBudgetStore(): InMemoryBudgetStore {
  let standing: StoredBucket | undefined;
  return {
    stored: () => standing,
    load: async () => standing,
    async save(stored) {
      if (stored.revision !== (standing?.revision ?? 0) + 1) return 'conflict';
      standing = stored;
      return 'saved';
    },
  };
}
