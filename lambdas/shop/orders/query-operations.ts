// Orders: queries.
import * as z from 'zod';
import type { Operation } from '../../spine/http/operation.ts';
import { published } from '../../spine/http/published.ts';
import { reading } from '../../spine/http/queries/consistency.ts';
import { instant, instantParameter, paging, version, versionParameter } from '../../spine/http/values.ts';
import { orderPath } from '../api-values.ts';
import { currency, minorUnits, quantity, sku } from '../values.ts';

const { orderId } = orderPath.shape;
const status = published(z.enum(['placed', 'confirmed', 'rejected', 'cancelled', 'shipped', 'delivered']), {
  id: 'OrderStatus',
});

const order = z.strictObject({
  orderId,
  customerId: z.string(),
  status,
  lines: z.array(z.strictObject({ sku, name: z.string(), quantity, unitPrice: minorUnits })),
  total: minorUnits,
  currency,
  placedAt: instant,
  updatedAt: instant,
  version,
  rejection: z.strictObject({ code: z.string(), sku: sku.optional() }).optional(),
  cancellation: z.strictObject({ reason: z.string() }).optional(),
  payment: z.strictObject({ status: z.enum(['captured', 'refunded']), transactionId: z.string() }).optional(),
  shipment: z.strictObject({ carrier: z.string(), trackingNumber: z.string() }).optional(),
});

published(order, { id: 'Order' });

export const getOrder = {
  route: 'GET /orders/{orderId}',
  summary: 'An order as it is now, or as it stood at a version or an instant',
  access: 'customer',
  path: orderPath,
  query: z
    .strictObject({
      ...reading,
      version: versionParameter.optional(),
      asOf: instantParameter.optional(),
    })
    .refine(({ version: at, asOf }) => at === undefined || asOf === undefined, {
      path: ['asOf'],
      message: 'cannot be combined with version',
    }),
  success: { status: 200, schema: order },
  problems: ['not_found'],
} as const satisfies Operation;

const cloudEvent = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  time: instant,
  datacontenttype: z.literal('application/json'),
  sequence: z.string().regex(/^\d{10}$/),
  correlationid: z.string(),
  causationid: z.string(),
  data: z.unknown(),
});

published(cloudEvent, { id: 'CloudEvent', description: 'https://cloudevents.io, version 1.0, structured' });

export const getOrderEvents = {
  route: 'GET /orders/{orderId}/events',
  summary: 'Everything that happened to an order, oldest first, as CloudEvents 1.0',
  access: 'customer',
  // The whole stream.
  throttleShare: 0.1,
  path: orderPath,
  query: z.strictObject({ ...reading }),
  success: { status: 200, schema: z.strictObject({ events: z.array(cloudEvent) }) },
  problems: ['not_found'],
} as const satisfies Operation;

export const getOrderStory = {
  route: 'GET /orders/{orderId}/story',
  summary: 'Everything that followed from an order in every stream, each event after its cause',
  access: 'customer',
  // Whole streams: the order's, and those of everything that it touched.
  throttleShare: 0.02,
  path: orderPath,
  query: z.strictObject({ ...reading }),
  success: { status: 200, schema: z.strictObject({ events: z.array(cloudEvent) }) },
  problems: ['not_found'],
} as const satisfies Operation;

const summary = order
  .pick({ orderId: true, status: true, total: true, currency: true, placedAt: true, version: true })
  .strict();

published(summary, { id: 'OrderSummary' });

export const getCustomerOrders = {
  route: 'GET /customers/{customerId}/orders',
  summary: 'A customer’s orders, newest first; `me` is the caller',
  access: 'customer',
  // A page of rows, and with a filter several.
  throttleShare: 0.1,
  path: z.strictObject({ customerId: published(z.string().min(1).max(256), { examples: ['me'] }) }),
  query: z.strictObject({ ...reading, ...paging, status: status.optional() }),
  success: { status: 200, schema: z.strictObject({ orders: z.array(summary), nextCursor: z.string().optional() }) },
  problems: ['not_found'],
} as const satisfies Operation;
