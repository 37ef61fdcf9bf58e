// The read models of this application. An entry here gives a table, a queue with its dead-letter queue, a projector
// function, a mapping and alarms; the fan-out sends to it and the query function reads it.
import type { Projection } from '../spine/kernel/projections/projection.ts';
import { customerOrders, openByCustomer } from './orders/customer-orders.ts';
import { orderDetail } from './orders/order-detail.ts';
import { catalogue } from './products/catalogue.ts';

export const projections: readonly Projection<unknown>[] = [orderDetail, customerOrders, catalogue];

/** Where a customer's orders that await payment are counted. */
export const openOrders = { readModel: customerOrders.name, index: openByCustomer } as const;

/** @throws RangeError when there is none of that name */
export function projectionNamed(name: string): Projection<unknown> {
  const projection = projections.find((candidate) => candidate.name === name);
  if (projection) return projection;
  throw new RangeError(`There is no projection ${name}; there are ${projections.map((each) => each.name).join(', ')}`);
}
