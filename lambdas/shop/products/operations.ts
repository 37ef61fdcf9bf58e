// Products: what staff may do to them and what anyone may read.
import * as z from 'zod';
import type { Operation } from '../../spine/http/operation.ts';
import { published } from '../../spine/http/published.ts';
import { reading } from '../../spine/http/queries/consistency.ts';
import { paging, text, version } from '../../spine/http/values.ts';
import { skuPath } from '../api-values.ts';
import { MAX_ACTIVE } from '../stock/decider.ts';
import { currency, minorUnits, sku } from '../values.ts';

const changed = z.strictObject({ sku, version });

const product = published(
  z.strictObject({
    sku,
    name: z.string(),
    unitPrice: minorUnits,
    currency,
    available: z.int(),
    version,
  }),
  { id: 'Product' },
);

export const listProduct = {
  route: 'POST /products',
  summary: 'Put a product on offer',
  access: 'staff',
  body: z.strictObject({ sku, name: text(200), unitPrice: minorUnits, currency }),
  example: { sku: 'WALNUT-DESK', name: 'Walnut desk', unitPrice: 49_900, currency: 'EUR' },
  success: { status: 201, schema: changed },
  problems: ['product_already_listed'],
} as const satisfies Operation;

export const changePrice = {
  route: 'POST /products/{sku}/price',
  summary: 'Change a product’s price; orders placed before keep theirs',
  access: 'staff',
  path: skuPath,
  body: z.strictObject({ unitPrice: minorUnits }),
  example: { unitPrice: 44_900 },
  success: { status: 200, schema: changed },
  problems: ['not_found'],
} as const satisfies Operation;

export const receiveStock = {
  route: 'POST /products/{sku}/stock',
  summary: 'Take delivery of stock',
  access: 'staff',
  path: skuPath,
  body: z.strictObject({ quantity: z.int().min(1).max(1_000_000) }),
  example: { quantity: 100 },
  success: { status: 200, schema: changed },
  problems: ['not_found', 'stock_limit_exceeded'],
} as const satisfies Operation;

export const openStockStreams = {
  route: 'POST /products/{sku}/stock/streams',
  summary:
    'Before a sale: have the product’s stock in at least so many streams, so that as many orders are served at once',
  access: 'staff',
  // Up to 32 streams are opened. Each is read, written and given a share.
  throttleShare: 0.1,
  path: skuPath,
  body: z.strictObject({ streams: z.int().min(1).max(MAX_ACTIVE) }),
  example: { streams: 8 },
  success: { status: 200, schema: changed },
  problems: ['not_found'],
} as const satisfies Operation;

export const getProduct = {
  route: 'GET /products/{sku}',
  summary: 'A product with its price and what is available of it',
  access: 'public',
  path: skuPath,
  query: z.strictObject({ ...reading }),
  success: { status: 200, schema: product },
  problems: ['not_found'],
} as const satisfies Operation;

export const getProducts = {
  route: 'GET /products',
  summary: 'The products on offer, in no particular but a stable order',
  access: 'public',
  // A page of rows, of which each may have several streams.
  throttleShare: 0.1,
  query: z.strictObject({ ...reading, ...paging }),
  success: { status: 200, schema: z.strictObject({ products: z.array(product), nextCursor: z.string().optional() }) },
  problems: [],
} as const satisfies Operation;
