// The read models of this application. An entry here gives a table, a queue with its dead-letter queue, a projector
// function, a mapping and alarms; the fan-out sends to it and the query function reads it.
import { catalogue } from './catalogue.ts';
import { customerOrders } from './customer-orders.ts';
import { orderDetail } from './order-detail.ts';

export const projections = [orderDetail, customerOrders, catalogue] as const;
