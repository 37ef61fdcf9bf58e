// The read models of the shop. An entry here gives a table, a queue with its dead-letter queue, a projector function, a
// mapping and alarms; the fan-out sends to it and the query function may read it.
import type { Projection } from '../spine/kernel/projections/projection.ts';
import { customerOrders } from './orders/customer-orders.ts';
import { orderDetail } from './orders/order-detail.ts';
import { catalogue } from './products/catalogue.ts';

export const projections: readonly Projection<unknown>[] = [orderDetail, customerOrders, catalogue];
