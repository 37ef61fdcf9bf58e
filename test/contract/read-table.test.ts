// One suite, every read table.
import { describe } from 'vitest';
import { endOfView } from '../../lambdas/spine/aws/dynamodb/read-table.ts';
import { readTableContract } from '../../lambdas/spine/testing/contracts/read-table.ts';
import { readTables } from './support/read-tables.ts';

for (const implementation of readTables) {
  describe.skipIf(!implementation.isAvailable)(`the read table: ${implementation.name}`, () =>
    readTableContract({ ...implementation, endOfView }),
  );
}
