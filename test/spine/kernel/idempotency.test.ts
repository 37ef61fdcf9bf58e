import { expect, it } from 'vitest';
import { idempotencyMark } from '../../../lambdas/spine/kernel/keys/idempotency.ts';

it('stores digests of 128 bits, of any text, and neither the key nor the command', () => {
  const mark = idempotencyMark('schlüssel 🔑', { quantity: 5 });
  for (const digest of [mark.key, mark.payload]) expect(digest).toMatch(/^[\w-]{22}$/);
  expect(mark).toEqual(idempotencyMark('schlüssel 🔑', { quantity: 5 }));
  expect(mark.payload).not.toBe(idempotencyMark('schlüssel 🔑', { quantity: 6 }).payload);
});
