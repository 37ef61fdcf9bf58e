import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { readModels } from '../../../lambdas/shop/shop.ts';
import { reading, tokenRule } from '../../../lambdas/spine/http/queries/consistency.ts';
import { instantParameter, text } from '../../../lambdas/spine/http/values.ts';
import { categoriesOf } from '../../../lambdas/spine/kernel/projections/projection.ts';

it('keeps text as it was sent, whatever characters of Unicode it has, and counts them as people do', () => {
  const reason = text(20);
  const any = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(any, (given) => {
      const isFine = given.isWellFormed() && !given.includes('\0') && given.trim() !== '';
      expect(reason.safeParse(given)).toMatchObject({ success: isFine, ...(isFine && { data: given }) });
    }),
  );
  expect(reason.safeParse('😀'.repeat(20)).success).toBe(true);
  expect(reason.safeParse('😀'.repeat(21)).success).toBe(false);
  expect(reason.safeParse('a'.repeat(21)).success).toBe(false);
});

const tokens = z.object(reading);
const { check } = tokenRule(readModels);

it('takes a token of whatever a read model is made of', () => {
  for (const category of readModels.flatMap(categoriesOf)) {
    const token = `${category}-A-1@7`;
    expect(check({ consistentWith: token })).toEqual([]);
    expect(tokens.parse({ consistentWith: token })).toEqual({
      consistentWith: [{ stream: `${category}-A-1`, version: 7 }],
    });
  }
});

it('refuses a token of another category, and says which there are', () => {
  const mistake = (index: number) => ({
    pointer: `/query/consistentWith/${index}`,
    detail: expect.stringMatching(/order or product/),
  });
  expect(check({ consistentWith: 'payment-A@1' })).toEqual([mistake(0)]);
  expect(check({ consistentWith: ['order-A@1', 'payment-A@1', 'customer-A@1'] })).toEqual([mistake(1), mistake(2)]);
  expect(check({})).toEqual([]);
});

it.each(['order', 'order-A', 'order-A@0', 'order-A@', 'order-@1', 'order-A@1@2', 'order-A b@1', ''])(
  'refuses %j, which is no token',
  (token) => {
    const { error } = tokens.safeParse({ consistentWith: token });
    expect(error?.issues).toMatchObject([{ message: 'must be a Consistency-Token: <stream>@<version>' }]);
    expect(check({ consistentWith: token })).toEqual([]);
  },
);

it('takes instants in any offset, as long as their year has four digits in UTC too', () => {
  const parsed = (instant: string) => instantParameter.safeParse(instant);
  expect(parsed('9999-12-31T23:59:59+01:00')).toMatchObject({ data: '9999-12-31T22:59:59.000Z' });
  for (const instant of ['9999-12-31T23:59:59-01:00', '0000-01-01T00:00:00+01:00'])
    expect(parsed(instant)).toMatchObject({ success: false });
});
