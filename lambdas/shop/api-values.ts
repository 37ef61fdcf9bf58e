// Schemas that several operations share.
import * as z from 'zod';
import { published } from '../spine/http/published.ts';
import { idNamed } from '../spine/http/values.ts';
import { currency, minorUnits, quantity, sku } from './values.ts';

published(sku, { id: 'Sku', description: 'Names a product', examples: ['WALNUT-DESK'] });
published(currency, {
  id: 'Currency',
  description: 'An ISO 4217 code',
  pattern: '^[A-Z]{3}$',
  enum: Intl.supportedValuesOf('currency'),
  examples: ['EUR'],
});
published(minorUnits, {
  id: 'MinorUnits',
  description: 'An amount in the minor units of its currency',
  examples: [49_900],
});
published(quantity, { id: 'Quantity', examples: [2] });

export const skuPath = z.strictObject({ sku });

export const orderPath = z.strictObject({ orderId: idNamed('OrderId') });

/** A token of either provider. The function and the published document know which provider the stage has. */
export const paymentToken = published(
  z.string().regex(/^(tok|pm)_\w{1,250}$/, 'must be a payment token: tok_… of the sandbox, pm_… of Stripe'),
  { id: 'PaymentToken', description: 'Stands for what the customer pays with', examples: ['tok_ok'] },
);
