import { expect, it } from 'vitest';
import { categoryOf, idOf } from '../../../lambdas/spine/kernel/envelope.ts';

it('a stream’s category ends at its first hyphen, and its id has all others', () => {
  expect([categoryOf('product-AB-1'), idOf('product-AB-1')]).toEqual(['product', 'AB-1']);
});
