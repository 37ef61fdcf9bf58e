import { expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from '../../../lambdas/spine/http/queries/cursor.ts';
import { digest } from '../../../lambdas/spine/kernel/keys/idempotency.ts';

const keys = { stream: undefined, customerId: 'alice' };
const position = { stream: 'order-1', customerId: 'alice' };

it('goes on where the page ended', () => {
  expect(decodeCursor('orders', encodeCursor('orders', position), keys)).toEqual(position);
});

it('is refused by another list', () => {
  expect(() => decodeCursor('products', encodeCursor('orders', position), keys)).toThrow('does not fit its schema');
});

it.each([
  ['no JSON', '{'],
  ['no object', 'null'],
  ['a key that is no text', JSON.stringify({ ...position, stream: 1 })],
  ['an empty key', JSON.stringify({ ...position, stream: '' })],
  ['a key too few', JSON.stringify({ customerId: 'alice' })],
  ['a key too many', JSON.stringify({ ...position, other: 'x' })],
  ['the partition of somebody else', JSON.stringify({ ...position, customerId: 'bob' })],
])('is refused with %s in it, though its digest is right', (_, json) => {
  const body = Buffer.from(json).toString('base64url');
  expect(() => decodeCursor('orders', `${body}.${digest(`orders${body}`)}`, keys)).toThrow('does not fit its schema');
});
