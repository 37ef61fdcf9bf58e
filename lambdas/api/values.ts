// Schemas that several operations share.
import * as z from 'zod';
import { sku } from '../domain/values.ts';

/**
 * What people write: any Unicode text that is not blank and without NUL, kept as it was sent. Half of a surrogate pair is refused before,
 * wherever it stands in a body.
 */
export const text = (mostCharacters: number) =>
  z
    .string()
    .min(1)
    .max(mostCharacters)
    .regex(/\S/, 'must not be blank')
    .regex(/^[^\0]*$/, 'must not have a NUL');

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
