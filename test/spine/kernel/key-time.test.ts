// A key is out of its time after 24 hours by any two clocks, in whole minutes, and never sooner.
import { expect, it } from 'vitest';
import { isOutOfTime, MINUTES_REMEMBERED, minuteOf } from '../../../lambdas/spine/kernel/keys/key-time.ts';

it('remembers for 24 hours and ten minutes', () => {
  expect(MINUTES_REMEMBERED).toBe(24 * 60 + 10);
});

it.each([
  ['1970-01-01T00:00:59.999Z', 0],
  ['1970-01-01T00:01:00.000Z', 1],
  ['1970-01-02T00:00:00.000Z', 1_440],
  ['1969-12-31T00:00:00.000Z', 0],
  ['no time', 0],
])('%s lies in minute %i', (time, minute) => {
  expect(minuteOf(time)).toBe(minute);
});

it.each([
  ['2026-01-02T00:11:59.999Z', false],
  ['2026-01-02T00:12:00.000Z', true],
  ['2025-12-01T00:00:00.000Z', false],
])('whether a key of the last moment of minute 0 is out of its time at %s', (later, is) => {
  expect(isOutOfTime('2026-01-01T00:00:59.999Z', later)).toBe(is);
});
