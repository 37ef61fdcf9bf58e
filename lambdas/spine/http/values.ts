// Schemas that the operations of any application share.
import * as z from 'zod';
import { published } from './published.ts';
import { isText, NO_TEXT } from './request/text.ts';

/**
 * The id of a thing. Lenient on purpose: an id that nothing can have is one of a thing that does not exist, 404.
 * @param name in the document: `LoanId`
 */
export const idNamed = (name: string) =>
  published(z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'must be 1 to 64 letters, digits and hyphens'), {
    id: name,
    examples: ['01K9XJ6T5N3V8Q2R7W4Y1Z0B6C'],
  });

export const version = published(z.int().min(1), {
  id: 'Version',
  description: 'How many events a stream has, one for each change',
  examples: [1],
});

export const instant = published(z.iso.datetime({ precision: 3 }), {
  id: 'Instant',
  description: 'ISO 8601, UTC, with milliseconds',
  examples: ['2026-11-24T09:30:00.000Z'],
});

/**
 * Text for people, kept as it was sent.
 * @param mostCharacters in Unicode characters: an emoji is one, as in JSON Schema's `maxLength`
 */
export const text = (mostCharacters: number) =>
  published(
    z
      .string()
      .refine(isText, NO_TEXT)
      .refine((value) => /\S/.test(value), 'must not be blank')
      .refine((value) => [...value].length <= mostCharacters, `must have at most ${mostCharacters} characters`),
    { minLength: 1, maxLength: mostCharacters, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' },
  );

/** A query parameter that arrives as text and that the document describes as a number. */
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(least).max(most));

export const versionParameter = wholeNumber(1, 999_999_999);

/** An instant in a query, at any offset from UTC. Only years of four digits: longer ones no longer sort as text. */
export const instantParameter = published(
  z.iso
    .datetime({ offset: true })
    .transform((time) => new Date(time).toISOString())
    .refine((time) => /^\d/.test(time), 'must be in the years 0000 to 9999 of UTC'),
  { type: 'string', format: 'date-time', examples: ['2026-11-24T09:30:00.000Z'] },
);

export const paging = {
  limit: wholeNumber(1, 100).default(20),
  cursor: published(z.string().max(1024), { description: 'nextCursor of the page before' }).optional(),
};
