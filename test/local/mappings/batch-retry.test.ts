import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterFailure, retryDelayInMillis } from '../../../local/mappings/batch-retry.ts';
import { records } from './records.ts';

test('loses no record after a failure, and keeps their order', () => {
  const property = fc.property(
    fc.integer({ min: 1, max: 50 }).chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 }))),
    fc.record({
      bisects: fc.boolean(),
      maximumRetryAttempts: fc.oneof(fc.nat(3), fc.constant(Number.POSITIVE_INFINITY)),
    }),
    fc.nat(3),
    ([size, firstFailed], settings, retries) => {
      const all = records(size);

      const after = afterFailure({ records: all, retries, invocations: 0 }, firstFailed, settings);

      const batches = after.kind === 'discard' ? [after.batch] : after.batches;
      expect(batches.flatMap((batch) => batch.records)).toEqual(all.slice(firstFailed));
      expect(batches.every((batch) => batch.records.length > 0)).toBe(true);
    },
  );
  fc.assert(property);
});

test.each([
  ['waits a little at first', 1, 100],
  ['waits longer each time', 4, 800],
  ['waits no longer than a few seconds', 40, 5000],
])('%s', (_, failuresInARow, millis) => {
  expect(retryDelayInMillis(failuresInARow)).toBe(millis);
});
