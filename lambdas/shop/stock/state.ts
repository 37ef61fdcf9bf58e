// A stock stream's state, the same for the head and for the others. It is bounded, however much is sold: so many open
// reservations, so many streams in use, and one transfer at a time with each.
import * as z from 'zod';
import type { RecordedEvent } from '../../spine/kernel/envelope.ts';
import type { StockEvent } from './events.ts';

/** Order, quantity, and version of the event that reserved it. */
const reservation = z.tuple([z.string(), z.int(), z.int()]);
export type Reservation = z.infer<typeof reservation>;

const pendingTransfer = z.object({
  /** Version of the event that began it: later ones have higher ids. */
  id: z.int(),
  stream: z.int(),
  /** What the stream is to take; absent where it is to give back what it has free. */
  quantity: z.int().optional(),
});
export type PendingTransfer = z.infer<typeof pendingTransfer>;

export const stockState = z.object({
  /** Received − shipped, and what was taken from other streams − what was given to them. */
  onHand: z.int(),
  /** The open ones, one an order. */
  reservations: z.array(reservation),
  /** The newest transfer with the head that this stream has done its part in, and what it gave back; id 0 before the first. */
  done: z.object({ id: z.int(), returned: z.int() }),
  /** Of the head: how many others have ever been opened. */
  opened: z.int(),
  /** Of the head: the others that may have something free. */
  active: z.array(z.int()),
  /** Of the head: transfers that are not settled. */
  transfers: z.array(pendingTransfer),
});

export type StockState = z.infer<typeof stockState>;

export const noStock: StockState = {
  onHand: 0,
  reservations: [],
  done: { id: 0, returned: 0 },
  opened: 0,
  active: [],
  transfers: [],
};

/** What is reserved for the order in this stream, if anything is. */
export const reservationOf = ({ reservations }: StockState, orderId: string): Reservation | undefined =>
  reservations.find(([reservedFor]) => reservedFor === orderId);

export const reservedOf = ({ reservations }: StockState): number =>
  reservations.reduce((sum, [, quantity]) => sum + quantity, 0);

/** On hand − reserved, in this stream. */
export const freeOf = (state: StockState): number => state.onHand - reservedOf(state);

export function evolveStock(state: StockState, event: StockEvent | RecordedEvent<StockEvent>): StockState {
  const version = 'version' in event ? event.version : 0;
  switch (event.type) {
    case 'StockReceived':
      return { ...state, onHand: state.onHand + event.data.quantity };
    case 'StockReserved': {
      const { orderId, quantity } = event.data;
      return { ...state, reservations: [...state.reservations, [orderId, quantity, version]] };
    }
    case 'StockReleased':
      return { ...state, reservations: without(state.reservations, event.data.orderId) };
    case 'StockShipped': {
      const { orderId, quantity } = event.data;
      return { ...state, onHand: state.onHand - quantity, reservations: without(state.reservations, orderId) };
    }
    case 'StockAllotted': {
      const { to, quantity } = event.data;
      return {
        ...state,
        onHand: state.onHand - quantity,
        opened: Math.max(state.opened, to),
        active: state.active.includes(to) ? state.active : [...state.active, to],
        transfers: [...state.transfers, { id: version, stream: to, quantity }],
      };
    }
    case 'StockRecalled': {
      const { from } = event.data;
      const active = state.active.filter((stream) => stream !== from);
      return { ...state, active, transfers: [...state.transfers, { id: version, stream: from }] };
    }
    case 'AllotmentTaken': {
      const { transfer: id, quantity } = event.data;
      return { ...state, onHand: state.onHand + quantity, done: { id, returned: 0 } };
    }
    case 'StockReturned': {
      const { transfer: id, quantity } = event.data;
      return { ...state, onHand: state.onHand - quantity, done: { id, returned: quantity } };
    }
    case 'TransferSettled': {
      const { transfer, returned } = event.data;
      const transfers = state.transfers.filter(({ id }) => id !== transfer);
      return { ...state, onHand: state.onHand + returned, transfers };
    }
    default:
      return event satisfies never;
  }
}

const without = (reservations: readonly Reservation[], orderId: string): Reservation[] =>
  reservations.filter(([reservedFor]) => reservedFor !== orderId);
