// Schemas that several operations share.
import * as z from 'zod';
import { sku } from '../domain/values.ts';
import { isText, NO_TEXT } from '../runtime/http/text.ts';

/**
 * Text for people, kept as it was sent.
 * @param mostCharacters of Unicode: an emoji is one, as in JSON Schema's `maxLength`
 */
export const text = (mostCharacters: number) =>
  z
    .string()
    .refine(isText, NO_TEXT)
    .refine((value) => /\S/.test(value), 'must not be blank')
    .refine((value) => [...value].length <= mostCharacters, `must have at most ${mostCharacters} characters`);

export const skuPath = z.strictObject({ sku });

/** Lenient on purpose: an id that no order can have is an order that does not exist, 404. */
const orderId = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'must be 1 to 64 letters, digits and hyphens');
export const orderPath = z.strictObject({ orderId });

export const version = z.int().min(1);

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(least).max(most));

export const versionParameter = wholeNumber(1, 999_999_999);

export interface ConsistencyToken {
  readonly stream: string;
  readonly version: number;
}

const consistencyToken = z
  .string()
  .regex(/^(order|product)-[A-Za-z0-9-]{1,64}@[1-9]\d{0,8}$/, 'must be a Consistency-Token: <stream>@<version>')
  .transform((token): ConsistencyToken => {
    const [stream = '', at] = token.split('@');
    return { stream, version: Number(at) };
  });

/** Repeatable: one value comes as a string, several as a list. */
const consistentWith = z
  .union([z.string().transform((token) => [token]), z.array(z.string())])
  .pipe(z.array(consistencyToken).max(5))
  .default([]);

export const reading = { consistentWith };

export const paging = {
  limit: wholeNumber(1, 100).default(20),
  cursor: z.string().max(1024).optional(),
};
