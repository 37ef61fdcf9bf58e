// An order's state, by lifecycle stage.
import * as z from 'zod';
import type { OrderEvent } from './events.ts';

export const orderState = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('none') }),
  z.object({
    stage: z.enum(['placed', 'confirmed', 'rejected', 'cancelled', 'shipped', 'delivered']),
    customerId: z.string(),
    isRefunded: z.boolean(),
  }),
]);

export type OrderState = z.infer<typeof orderState>;
export type ExistingOrder = Exclude<OrderState, { stage: 'none' }>;
export type OrderStatus = ExistingOrder['stage'];

export const noOrder: OrderState = { stage: 'none' };

const stageAfter = {
  OrderConfirmed: 'confirmed',
  OrderRejected: 'rejected',
  OrderCancelled: 'cancelled',
  OrderShipped: 'shipped',
  OrderDelivered: 'delivered',
} as const satisfies Record<Exclude<OrderEvent['type'], 'OrderPlaced' | 'OrderRefunded'>, OrderStatus>;

export function evolveOrder(state: OrderState, event: OrderEvent): OrderState {
  if (event.type === 'OrderPlaced') {
    return { stage: 'placed', customerId: event.data.customerId, isRefunded: false };
  }
  if (state.stage === 'none') throw new RangeError(`${event.type} on an order that was not placed`);
  if (event.type === 'OrderRefunded') return { ...state, isRefunded: true };
  return { ...state, stage: stageAfter[event.type] };
}
