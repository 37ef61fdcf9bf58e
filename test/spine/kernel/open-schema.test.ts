import { expect, it } from 'vitest';
import * as z from 'zod';
import { openSchema } from '../../../lambdas/spine/kernel/open-schema.ts';

const added = { ofANewerVersion: true };

it.each<[string, z.ZodType, unknown, unknown]>([
  ['an object', z.strictObject({ a: z.int() }), { a: 1, ...added }, { a: 1 }],
  ['a list', z.array(z.strictObject({ a: z.int() })).min(1), [{ a: 1, ...added }], [{ a: 1 }]],
  ['an optional', z.strictObject({ o: z.strictObject({}).optional() }), { o: added }, { o: {} }],
  ['a nullable with a default', z.strictObject({}).nullable().default({}), added, {}],
  ['a record', z.record(z.string(), z.strictObject({ a: z.int() })), { k: { a: 1, ...added } }, { k: { a: 1 } }],
  ['a tuple', z.tuple([z.strictObject({})]), [added], [{}]],
  [
    'a union',
    z.discriminatedUnion('k', [z.strictObject({ k: z.literal('x') }), z.strictObject({ k: z.literal('y') })]),
    { k: 'y', ...added },
    { k: 'y' },
  ],
])('passes over what %s does not know', (_, strict, value, known) => {
  expect(strict.safeParse(value).success).toBe(false);
  expect(openSchema(strict).parse(value)).toStrictEqual(known);
});

const strict = z
  .strictObject({
    lines: z.array(z.strictObject({ sku: z.string().regex(/^[A-Z]+$/), quantity: z.int().min(1) })).max(2),
    total: z.int(),
  })
  .refine(({ lines, total }) => total >= lines.length, 'too cheap');

it.each([
  ['a check of a property', { lines: [{ sku: 'a', quantity: 1 }], total: 9 }],
  ['a number format', { lines: [{ sku: 'A', quantity: 1.5 }], total: 9 }],
  ['a check of a list', { lines: Array(3).fill({ sku: 'A', quantity: 1 }), total: 9 }],
  ['a refinement', { lines: [{ sku: 'A', quantity: 1 }], total: 0 }],
  ['a missing property', { lines: [] }],
])('keeps %s', (_, value) => {
  expect(openSchema(strict).safeParse(value).success).toBe(false);
});

it('keeps the properties that an open object takes in', () => {
  expect(openSchema(z.looseObject({ a: z.int() })).parse({ a: 1, b: 2 })).toEqual({ a: 1, b: 2 });
});

interface Tree {
  readonly name: string;
  readonly parts: readonly Tree[];
}
const tree: z.ZodType<Tree> = z.strictObject({
  name: z.string(),
  get parts() {
    return z.array(tree);
  },
});

it.each<[string, z.ZodType]>([
  ['by a getter', tree],
  ['lazily', z.lazy(() => tree)],
])('passes over what a schema that holds itself %s does not know, at any depth', (_, schema) => {
  const leaf = { name: 'leaf', parts: [] };
  const value = { name: 'root', parts: [{ ...leaf, ...added }], ...added };
  expect(openSchema(schema).parse(value)).toStrictEqual({ name: 'root', parts: [leaf] });
});

it('keeps a property that must not be there', () => {
  const open = openSchema(z.strictObject({ gone: z.never().optional(), o: z.strictObject({}) }));
  expect(open.parse({ o: added })).toStrictEqual({ o: {} });
  expect(open.safeParse({ gone: 1, o: {} }).success).toBe(false);
});
