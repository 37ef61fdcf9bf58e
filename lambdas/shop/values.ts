// Values that several aggregates and the HTTP contract share.
import * as z from 'zod';

export const sku = z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,63}$/, 'must match [A-Z0-9][A-Z0-9-]{0,63}');

/** An amount of money in the minor units of its currency: cents, pence, yen. */
export const minorUnits = z.int().min(0);

/** An ISO 4217 code. */
export const currency = z
  .string()
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'must be an ISO 4217 currency code');

/** How many of a product one order line takes. */
export const quantity = z.int().min(1).max(1000);
