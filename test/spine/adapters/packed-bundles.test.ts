// Wire version 2: what is packed, how small it is, and what is refused.
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  decodeBundle,
  encodeBundle,
  encodeHint,
  MalformedBundleError,
  wireVersionOf,
} from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { MAX_INFLATED_BYTES } from '../../../lambdas/spine/aws/wire/packed-hints.ts';
import type { Hint } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';

const hint = (stream: string, version: number, more: Partial<Hint> = {}): Hint => ({
  ...{ stream, version, id: `id-${version}`, time: '2026-01-01T00:00:00.000Z', correlationId: 'c', causationId: 'x' },
  events: [{ type: 'Happened', schemaVersion: '1.0.0', data: { amount: version } }],
  ...more,
});

const many = Array.from({ length: 50 }, (_, index) => hint('order-1', index + 1));

const isPacked = (text: string): boolean => text.startsWith('{"v":2,');

it('packs a bundle to a fraction, and leaves a lone small hint as every reader reads it', () => {
  const [plain, packed] = ([1, 2] as const).map((version) => encodeBundle(many.map(encodeHint), version));
  expect(isPacked(packed ?? '')).toBe(true);
  expect((packed ?? '').length).toBeLessThan((plain ?? '').length / 4);
  const lone = [encodeHint(hint('o', 1, { id: '1', events: [] }))];
  expect(encodeBundle(lone, 2)).toBe(encodeBundle(lone, 1));
});

it('is never larger than it would be plain, so what fits plain fits', () => {
  const texts = fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(texts, (data) => {
      const hints = data.map((text, index) => encodeHint(hint(text, index, { id: text })));
      expect(encodeBundle(hints, 2).length).toBeLessThanOrEqual(encodeBundle(hints, 1).length);
    }),
  );
});

it('keeps every time, in whatever order and however it is spelt', () => {
  const times = [
    '2026-01-01T00:00:00.000Z',
    '1969-12-31T23:59:59.999Z',
    '2026-01-01',
    'noon',
    '+010000-01-01T00:00:00.000Z',
  ];
  const hints = [...many, ...times.map((time, index) => hint('order-2', index + 1, { time }))];
  expect(decodeBundle(encodeBundle(hints.map(encodeHint), 2))).toEqual(hints);
});

const emptyColumns = '{"s":[],"n":[],"v":[],"i":[],"t":[],"c":[],"x":[],"a":[],"e":[]}';

const zipped = (json: string): string => `{"v":2,"z":"${deflateRawSync(json).toString('base64')}"}`;

it.each([
  ['that inflates beyond its bound', zipped(`${emptyColumns}${' '.repeat(MAX_INFLATED_BYTES)}`)],
  ['that is cut off', encodeBundle(many.map(encodeHint), 2).replace(/.{40}"}$/, '"}')],
  ['whose columns differ in length', zipped('{"s":["a"],"n":[0,0],"v":[1],"i":[],"t":[],"c":[],"x":[],"a":[],"e":[]}')],
  [
    'with a hint of a stream that is not there',
    zipped('{"s":["a"],"n":[1],"v":[1],"i":["i"],"t":[0],"c":["c"],"x":["x"],"a":[null],"e":[[]]}'),
  ],
  ['without columns', zipped('null')],
  ['that is no deflated text', '{"v":2,"z":"!"}'],
])('refuses a bundle %s', (_, text) => {
  expect(() => decodeBundle(text)).toThrow(MalformedBundleError);
});

it('says nothing of what is in a bundle that it refuses', () => {
  expect(() => decodeBundle(zipped('{"personal"'))).toThrow(/^A bundle of wire version 2 cannot be unpacked: [\w ]+$/);
});

it('knows two wire versions', () => {
  expect([1, 2].map(wireVersionOf)).toEqual([1, 2]);
  expect(() => wireVersionOf(3)).toThrow('A wire version must be 1 or 2, got 3');
});
