import { notFound, type Problem } from '../../spine/http/problem.ts';
import type { Caller } from '../../spine/http/request/caller.ts';
import type { RecordedEvent } from '../../spine/kernel/envelope.ts';
import type { OrderEvent } from './events.ts';

/** What a caller learns of an order that does not exist, and of one of another customer. */
export const noSuchOrder = (orderId: string): Problem => notFound(`There is no order ${orderId} that you may see.`);

/** @throws Problem 404 when the events are of no order, or it is not the caller's to see */
export function ownedBy(caller: Caller, orderId: string, events: readonly RecordedEvent[]): void {
  const [first] = events as readonly RecordedEvent<OrderEvent>[];
  const owner = first?.type === 'OrderPlaced' ? first.data.customerId : undefined;
  if (owner === undefined || (!caller.isStaff && owner !== caller.customerId)) throw noSuchOrder(orderId);
}
