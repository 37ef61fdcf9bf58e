// One suite, every budget store.
import { describe } from 'vitest';
import { budgetStoreContract } from '../../lambdas/spine/testing/contracts/budget-store.ts';
import { budgetStores } from './support/budget-stores.ts';

for (const implementation of budgetStores) {
  describe.skipIf(!implementation.isAvailable)(`the budget: ${implementation.name}`, () =>
    budgetStoreContract(implementation),
  );
}
