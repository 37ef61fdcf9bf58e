import { expect, it } from 'vitest';
import { readUnits, writeUnits } from '../../bench/dynamodb/capacity.ts';
import { itemBytes } from '../../bench/dynamodb/item-size.ts';

it.each([
  ['names and UTF-8 bytes', { näme: { S: 'ü€😀' } }, 5 + 9],
  ['two significant digits a byte, and one more', { n: { N: '12345' } }, 1 + 4],
  ['no byte for zeros at either end', { n: { N: '-0.0100' } }, 1 + 2],
  ['one byte for zero', { n: { N: '0' } }, 1 + 1],
  ['binary as it is', { b: { B: new Uint8Array(7) } }, 1 + 7],
  ['one byte for truth and nothing', { t: { BOOL: true }, n: { NULL: true } }, 2 + 2],
  ['three bytes for a list, one more an element', { l: { L: [{ S: 'ab' }, { L: [] }] } }, 1 + 3 + 3 + 4],
  ['the names within a map', { m: { M: { key: { S: 'v' } } } }, 1 + 3 + 1 + 3 + 1],
  ['what sets hold', { s: { SS: ['a', 'bc'] }, n: { NS: ['1', '22'] } }, 2 + 3 + 4],
])('counts %s', (_, item, bytes) => {
  expect(itemBytes(item as Parameters<typeof itemBytes>[0])).toBe(bytes);
});

it.each([
  [0, 1],
  [1024, 1],
  [1025, 2],
])('writes %i bytes for %i units', (bytes, units) => {
  expect(writeUnits(bytes)).toBe(units);
});

it.each([
  [0, true, 1],
  [4096, true, 1],
  [4097, true, 2],
  [4097, false, 1],
])('reads %i bytes, consistently: %s, for %d units', (bytes, isConsistent, units) => {
  expect(readUnits(bytes, isConsistent)).toBe(units);
});
