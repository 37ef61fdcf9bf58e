// What rides in a commit, and what does not.
import { expect, it } from 'vitest';
import type { Commit } from '../../../lambdas/spine/kernel/envelope.ts';
import { withRiders } from '../../../lambdas/spine/kernel/execution/riders.ts';

const commit: Commit = {
  ...{ stream: 'purse-1', version: 1, id: 'c', time: '2026-01-01T00:00:00.000Z' },
  ...{ correlationId: 'c', causationId: 'c', events: [{ type: 'Moved', schemaVersion: '1.0.0', data: {} }] },
};

const rides = (bytes: number, unitsBehind: number): boolean => {
  const ridden = withRiders(commit, new Uint8Array(bytes), undefined, { state: unitsBehind, keys: 0 });
  return ridden.commit.riders?.state !== undefined;
};

it.each([
  ['fits in the kilobyte that is paid', 500, 0, true],
  ['costs a write unit and is not due', 1_024, 19, false],
  ['costs a write unit and is due', 1_024, 20, true],
  ['is as large as an item may be, and due', 380 * 1024, 1_000_000, true],
  ['would make the item larger than DynamoDB takes, however due it is', 390 * 1024, 1_000_000, false],
])('a state that %s', (_, bytes, unitsBehind, does) => {
  expect(rides(bytes, unitsBehind)).toBe(does);
});
