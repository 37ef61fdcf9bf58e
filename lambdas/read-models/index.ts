// The read models of this application. An entry here gives a table, a queue with its dead-letter queue, a projector
// function, a mapping and alarms; the fan-out sends to it and the query function reads it.
import type { Projection } from '../kernel/projection.ts';
import { catalogue } from './catalogue.ts';
import { customerOrders } from './customer-orders.ts';
import { orderDetail } from './order-detail.ts';

export const projections: readonly Projection<unknown>[] = [orderDetail, customerOrders, catalogue];

/** @throws RangeError when there is none of that name */
export function projectionNamed(name: string): Projection<unknown> {
  const projection = projections.find((candidate) => candidate.name === name);
  if (projection) return projection;
  throw new RangeError(`There is no projection ${name}; there are ${projections.map((each) => each.name).join(', ')}`);
}
