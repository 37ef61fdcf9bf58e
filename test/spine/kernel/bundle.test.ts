import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  decodeBundle,
  encodeBundle,
  encodeHint,
  MAX_HINT_BYTES,
} from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { bundles, type Hint } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';

const hint: Hint = {
  stream: 'order-1',
  version: 1,
  id: 'i',
  time: '2026-01-01T00:00:00.000Z',
  correlationId: 'c',
  causationId: 'x',
  actor: 'a',
  events: [
    { type: 'A', schemaVersion: '1.0.0', data: { text: 'ü' } },
    { type: 'B', schemaVersion: '1.2.0', data: null, personal: { email: 'a@b' } },
  ],
};

it('keeps the order and all items, and each bundle within the limits', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 40 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 50, max: 120 }), fc.integer({ min: 1, max: 9 }), (all, bytes, hints) => {
      const items = all.map((size, index) => ({ bytes: size, index }));
      const result = bundles(items, { bytes, hints });
      expect(result.flat()).toEqual(items);
      for (const bundle of result) {
        expect(bundle.length).toBeGreaterThan(0);
        expect(bundle.length).toBeLessThanOrEqual(hints);
        expect(bundle.reduce((sum, item) => sum + item.bytes, 0)).toBeLessThanOrEqual(bytes);
      }
    }),
  );
});

it('makes as few bundles as the limits allow, each filled to the last byte and item', () => {
  const sizesIn = (sizes: readonly number[], hints: number) =>
    bundles(
      sizes.map((bytes) => ({ bytes })),
      { bytes: 10, hints },
    ).map((bundle) => bundle.map(({ bytes }) => bytes));
  expect(sizesIn([4, 6, 3, 3, 5, 9], 9)).toEqual([[4, 6], [3, 3], [5], [9]]);
  expect(sizesIn([1, 1, 1, 1, 1], 2)).toEqual([[1, 1], [1, 1], [1]]);
  expect([sizesIn([11, 1], 9), sizesIn([], 9)]).toEqual([[[11], [1]], []]);
});

it('gives back the hints that were encoded', () => {
  const { actor: _, ...withoutActor } = hint;
  expect(decodeBundle(encodeBundle([encodeHint(hint), encodeHint(withoutActor)]))).toEqual([hint, withoutActor]);
});

it('leaves out the events of a hint that is too large to travel', () => {
  const large = { ...hint, events: [{ type: 'A', schemaVersion: '1.0.0', data: 'x'.repeat(MAX_HINT_BYTES) }] };
  expect(decodeBundle(encodeBundle([encodeHint(large)]))).toEqual([{ ...hint, events: [] }]);
});

it.each(['', 'null', '{}', '{"v":2,"h":[]}', '{"v":3,"z":""}', '{"v":1}'])(
  'refuses %j, which is no bundle of a known version',
  (text) => {
    expect(() => decodeBundle(text)).toThrow('bundle');
  },
);
