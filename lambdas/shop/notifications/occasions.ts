// Which events of an order its customer is told of, and what has to be known to tell it.
import { eventId, type RecordedEvent } from '../../spine/kernel/envelope.ts';
import type { OrderEvent } from '../orders/events.ts';
import type { EmailKind } from './events.ts';

type OrderEventOf<Type extends OrderEvent['type']> = Extract<RecordedEvent<OrderEvent>, { type: Type }>;
export type MailedEvent = OrderEventOf<'OrderConfirmed' | 'OrderRejected' | 'OrderShipped' | 'OrderCancelled'>;
export type PlacedOrder = OrderEventOf<'OrderPlaced'>['data'];

export interface Occasion {
  readonly eventId: string;
  readonly kind: EmailKind;
  readonly event: MailedEvent;
  readonly order: PlacedOrder;
  /** The order was confirmed, so it was paid for. */
  readonly isPaid: boolean;
}

const kinds = {
  OrderPlaced: undefined,
  OrderConfirmed: 'order-confirmed',
  OrderRejected: 'order-rejected',
  OrderShipped: 'order-shipped',
  OrderCancelled: 'order-cancelled',
  OrderDelivered: undefined,
  OrderRefunded: undefined,
} as const satisfies Record<OrderEvent['type'], EmailKind | undefined>;

const isMailed = (event: RecordedEvent<OrderEvent>): event is MailedEvent => kinds[event.type] !== undefined;

/** True as well for a type that this code doesn't know, so that its event is read and refused, not passed over. */
export const mayBeMailed = (eventType: string): boolean =>
  !Object.hasOwn(kinds, eventType) || kinds[eventType as OrderEvent['type']] !== undefined;

/** @param history an order's events from the first one on */
export function occasionsIn(history: readonly RecordedEvent<OrderEvent>[]): readonly Occasion[] {
  const [placed] = history;
  if (placed?.type !== 'OrderPlaced') return [];
  const isPaid = history.some(({ type }) => type === 'OrderConfirmed');
  return history.filter(isMailed).map((event) => ({
    eventId: eventId(event),
    kind: kinds[event.type],
    event,
    order: placed.data,
    isPaid,
  }));
}

/** Where the order's customer wants mail; `undefined` if none was given or the personal data is gone. */
export function addressIn([placed]: readonly RecordedEvent<OrderEvent>[]): string | undefined {
  return placed?.type === 'OrderPlaced' ? placed.personal?.email : undefined;
}
