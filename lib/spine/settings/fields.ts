// The kinds of fields that settings have. Each says in its message what a value must be.
import * as z from 'zod';

const intWithin = (least: number, most: number, error: string): z.ZodInt =>
  z.int({ error }).min(least, { error }).max(most, { error });

const unlimited = Number.MAX_SAFE_INTEGER;

export const wholeNumber = (least: number, most = unlimited, note = ''): z.ZodInt => {
  const range = most === unlimited ? `from ${least}` : `from ${least} to ${most}`;
  return intWithin(least, most, `must be a whole number ${range}${note}`);
};

/** A whole number, or a word in its place. */
export const wholeNumberOr = <const Word extends string>(
  word: Word,
  { least, most = unlimited, whatItIs }: { readonly least: number; readonly most?: number; readonly whatItIs: string },
) => {
  const error = `must be "${word}" or ${whatItIs}`;
  return z.union([z.literal(word), intWithin(least, most, error)], { error });
};

export const textLike = (pattern: RegExp, whatItIs: string): z.ZodString => {
  const error = `must be ${whatItIs}`;
  return z.string({ error }).regex(pattern, { error });
};

/** A text whose rule depends on other settings. */
export const textAs = (whatItIs: string): z.ZodString => z.string({ error: `must be ${whatItIs}` });

export const oneOf = <const Name extends string>(...names: readonly Name[]) =>
  z.enum(names, { error: `must be one of ${names.join(', ')}` });

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(' or ');

export const eitherOf = <const Name extends string>(...names: readonly Name[]) =>
  z.enum(names, { error: `must be ${quoted(names)}` });
