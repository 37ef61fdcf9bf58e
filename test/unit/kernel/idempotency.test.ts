import { expect, it } from 'vitest';
import type { Commit, RememberedMark } from '../../../lambdas/kernel/envelope.ts';
import { idempotencyMark, REMEMBERED_MARKS, rememberMark, useOfKey } from '../../../lambdas/kernel/idempotency.ts';

const markOf = (version: number) => idempotencyMark(`key-${version}`, { version });

const keyed = (version: number): Commit => ({
  stream: 'product-A',
  version,
  id: `c${version}`,
  time: '2026-01-01T00:00:00.000Z',
  correlationId: 'c',
  causationId: 'c',
  events: [{ type: 'E', schemaVersion: '1.0.0', data: {} }],
  idempotency: markOf(version),
});

it('forgets the oldest keys beyond its limit, and never the newest', () => {
  const newest = REMEMBERED_MARKS + 3;
  const versions = Array.from({ length: newest }, (_, index) => index + 1);
  const marks = versions.reduce<readonly RememberedMark[]>((all, version) => rememberMark(all, keyed(version)), []);
  const uses = [1, 3, 4, newest].map((version) => useOfKey(marks, markOf(version)));
  expect(uses).toEqual([
    { kind: 'new' },
    { kind: 'new' },
    { kind: 'replay', version: 4 },
    { kind: 'replay', version: newest },
  ]);
});

it('tells a repeated command from another one under the same key', () => {
  const marks = rememberMark([], keyed(1));
  expect(useOfKey(marks, idempotencyMark('key-1', { version: 2 }))).toEqual({ kind: 'reused' });
  expect(useOfKey(marks, undefined)).toEqual({ kind: 'new' });
});

it('knows a caller’s key however many commands of the system itself have come since, and the other way round', () => {
  const callers = { ...keyed(1), actor: 'staff' };
  const own = Array.from({ length: REMEMBERED_MARKS + 50 }, (_, index) => keyed(index + 2));
  const marks = [callers, ...own].reduce<readonly RememberedMark[]>(rememberMark, []);
  expect(marks).toHaveLength(REMEMBERED_MARKS + 1);
  expect(useOfKey(marks, markOf(1))).toEqual({ kind: 'replay', version: 1 });
  expect(useOfKey(marks, markOf(2))).toEqual({ kind: 'new' });
  const later = own
    .map((commit) => ({ ...commit, actor: 'staff' }))
    .reduce(rememberMark, [keyed(1)].reduce(rememberMark, []));
  expect(useOfKey(later, markOf(1))).toEqual({ kind: 'replay', version: 1 });
});
