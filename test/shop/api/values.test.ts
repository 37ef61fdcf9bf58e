import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { projections } from '../../../lambdas/shop/read-models.ts';
import { reading } from '../../../lambdas/shop/reading.ts';
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

it('takes a token of whatever a read model is made of', () => {
  for (const category of projections.flatMap(categoriesOf)) {
    const token = `${category}-A-1@7`;
    expect(tokens.parse({ consistentWith: token })).toEqual({
      consistentWith: [{ stream: `${category}-A-1`, version: 7 }],
    });
  }
});

it('refuses a token of another category, and says which there are', () => {
  const { error } = tokens.safeParse({ consistentWith: 'payment-A@1' });
  expect(error?.issues).toMatchObject([
    { path: ['consistentWith', 0], message: expect.stringMatching(/order or product/) },
  ]);
});

it.each(['order', 'order-A', 'order-A@0', 'order-A@', 'order-@1', 'order-A@1@2', 'order-A b@1', ''])(
  'refuses %j, which is no token',
  (token) => {
    const { error } = tokens.safeParse({ consistentWith: token });
    expect(error?.issues).toMatchObject([{ message: 'must be a Consistency-Token: <stream>@<version>' }]);
  },
);

it('takes instants in any offset, as long as their year has four digits in UTC too', () => {
  const parsed = (instant: string) => instantParameter.safeParse(instant);
  expect(parsed('9999-12-31T23:59:59+01:00')).toMatchObject({ data: '9999-12-31T22:59:59.000Z' });
  for (const instant of ['9999-12-31T23:59:59-01:00', '0000-01-01T00:00:00+01:00'])
    expect(parsed(instant)).toMatchObject({ success: false });
});
