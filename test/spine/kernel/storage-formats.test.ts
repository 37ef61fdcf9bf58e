// What rides in commits stays there for ever, and older and newer code read it side by side: these bytes must be read, and written,
// as they are here. Another form needs another number at its head.
import { expect, it } from 'vitest';
import * as z from 'zod';
import { packState, unpackState } from '../../../lambdas/spine/kernel/execution/state-rider.ts';
import { decodeEntries, encodeEntries, printOf } from '../../../lambdas/spine/kernel/keys/key-entries.ts';
import { filterOf, mayHold } from '../../../lambdas/spine/kernel/keys/key-filter.ts';
import { decodeIndex, encodeIndex, noKeys } from '../../../lambdas/spine/kernel/keys/key-index.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

it.each([
  ['', 0x1c9d44],
  ['key-1', 0xe03411],
  ['schlüssel 😀', 0x518f85],
])('the print of the key "%s"', (key, print) => {
  expect(printOf(key)).toBe(print);
});

const entries = [
  { version: 1, print: 0x010203 },
  { version: 300, print: 0xfffefd },
  { version: 70_000, print: 0xe03411 },
];
const packedEntries = '01010203ab02fffefdc4a004e03411';

it('entries of keys', () => {
  expect(hex(encodeEntries(entries.toReversed()))).toBe(packedEntries);
  expect([...decodeEntries(bytes(packedEntries))]).toEqual(entries);
});

it('the filter of keys', () => {
  const filter = filterOf([printOf('key-1')]);
  expect(filter).toHaveLength(384);
  expect([...filter.entries()].filter(([, byte]) => byte !== 0)).toEqual([
    [97, 0x80],
    [198, 0x80],
  ]);
  expect([mayHold(filter, printOf('key-1')), mayHold(filter, printOf('key-2'))]).toEqual([true, false]);
});

const runs = [
  { version: 7, count: 20, oldest: 29_400_000, newest: 29_400_300 },
  { version: 500, count: 17, oldest: 29_450_000, newest: 29_450_001 },
];

it.each([
  [
    'with all that it can have',
    { recent: entries, since: 29_500_000, runs, filter: bytes('010203') },
    `0103010203020714ecb9820eac02f4031191be850e01e0c4880e${packedEntries}`,
  ],
  ['with runs alone', { recent: [], since: 0, runs }, '0100020714ecb9820eac02f4031191be850e01'],
  ['of nothing', noKeys, '010000'],
])('the index of keys %s', (_, index, packed) => {
  expect(hex(encodeIndex(index))).toBe(packed);
  expect(decodeIndex(bytes(packed))).toEqual(index);
});

it('an index of another form is none', () => {
  expect(decodeIndex(bytes('020000'))).toBeUndefined();
});

const purse = { generation: 300, stateSchema: z.object({ sum: z.int() }) };
const packedPurse = 'ac02007b2273756d223a377d';

it('a small state', () => {
  expect(hex(packState(purse, { sum: 7 }))).toBe(packedPurse);
  expect(unpackState(purse, bytes(packedPurse))).toEqual({ state: { sum: 7 } });
});

it.each([299, 301])('a state of generation 300 is none of generation %i', (generation) => {
  expect(unpackState({ ...purse, generation }, bytes(packedPurse))).toBeUndefined();
});

const ledger = { generation: 2, stateSchema: z.object({ text: z.string() }) };
const long = { text: 'x'.repeat(300) };

it('a large state, whose compressed bytes are the compressor’s to choose', () => {
  const packed = packState(ledger, long);
  expect(hex(packed.slice(0, 2))).toBe('0201');
  expect(packed.length).toBeLessThan(100);
  expect(unpackState(ledger, packed)).toEqual({ state: long });
  expect(unpackState(ledger, bytes('0201ab562a49ad2851b252aa18054403a55a00'))).toEqual({ state: long });
});
