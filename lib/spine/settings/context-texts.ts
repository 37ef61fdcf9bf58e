// How the text behind a `-c` key is read. A message says what the text must be.
import * as z from 'zod';
import type { ContextKey } from './settings-group.ts';

type Reader = ContextKey['reads'];

export const text: Reader = z.string();

export const countOf = (unit?: string) =>
  z
    .string()
    .regex(/^\d+$/, { error: unit === undefined ? 'must be a whole number' : `must be a whole number of ${unit}` })
    .transform(Number);

/** A text that is one word, or else what `reader` takes. */
export const wordOrText = (word: string, reader: Reader, whatItIs: string): Reader =>
  z.union([z.literal(word), reader], { error: `must be ${whatItIs}` });

/** `on` or `off`, as what each stands for. */
export const onOrOff = (on: unknown, off: unknown): Reader =>
  z.enum(['on', 'off'], { error: 'must be on or off' }).transform((word) => (word === 'on' ? on : off));

/** Texts with commas between them; an empty text is none. */
export const list: Reader = z.string().transform((given) => (given === '' ? [] : given.split(',')));
