// Orders: commands.
import * as z from 'zod';
import type { Operation } from '../../spine/http/operation.ts';
import { text, version } from '../../spine/http/values.ts';
import { orderPath, paymentToken } from '../api-values.ts';
import { minorUnits, quantity, sku } from '../values.ts';

const lines = z
  .array(z.strictObject({ sku, quantity }))
  .min(1)
  .max(100)
  .superRefine((all, context) => {
    const seen = new Set<string>();
    for (const [index, line] of all.entries()) {
      if (seen.has(line.sku))
        context.addIssue({ code: 'custom', path: [index, 'sku'], message: 'is in a line before' });
      seen.add(line.sku);
    }
  });

const changed = <Status extends string>(status: Status) =>
  z.strictObject({ orderId: orderPath.shape.orderId, version, status: z.literal(status) });

export const placeOrder = {
  route: 'POST /orders',
  summary: 'Place an order; each line takes the product’s price as it is now',
  access: 'customer',
  // Every product of the order is read, its stream written, and a process follows.
  throttleShare: 0.1,
  body: z.strictObject({ lines, paymentToken, expectedTotal: minorUnits.optional() }),
  example: { lines: [{ sku: 'WALNUT-DESK', quantity: 2 }], paymentToken: 'tok_ok', expectedTotal: 99_800 },
  success: { status: 201, schema: changed('placed') },
  problems: ['unknown_product', 'mixed_currencies', 'total_too_large', 'total_changed', 'too_many_open_orders'],
} as const satisfies Operation;

export const cancelOrder = {
  route: 'POST /orders/{orderId}/cancel',
  summary: 'Cancel an order before it is shipped',
  access: 'customer',
  path: orderPath,
  body: z.strictObject({ reason: text(500) }),
  example: { reason: 'Ordered twice' },
  success: { status: 200, schema: changed('cancelled') },
  problems: ['not_found', 'order_not_cancellable'],
} as const satisfies Operation;

export const shipOrder = {
  route: 'POST /orders/{orderId}/ship',
  summary: 'Hand a confirmed order to a carrier',
  access: 'staff',
  path: orderPath,
  body: z.strictObject({ carrier: text(100), trackingNumber: text(100) }),
  example: { carrier: 'DHL', trackingNumber: '00340434161094042557' },
  success: { status: 200, schema: changed('shipped') },
  problems: ['not_found', 'order_not_shippable'],
} as const satisfies Operation;

export const deliverOrder = {
  route: 'POST /orders/{orderId}/deliver',
  summary: 'Record that a shipped order has arrived',
  access: 'staff',
  path: orderPath,
  body: z.strictObject({}),
  example: {},
  success: { status: 200, schema: changed('delivered') },
  problems: ['not_found', 'order_not_deliverable'],
} as const satisfies Operation;
