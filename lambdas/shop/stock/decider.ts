// What may happen to a product's stock. Never negative, and never reserved twice for one order in one stream.
import { accept, type Decider, type Decision, reject } from '../../spine/kernel/decider.ts';
import { type StockEvent, stockEvents } from './events.ts';
import { evolveStock, freeOf, noStock, reservationOf, type StockState, stockState } from './state.ts';
import { decideTransfer, type TransferCommand } from './transfers.ts';

/** `isListed`: whether there is such a product; its own stream says so. */
type OfProduct = { readonly sku: string; readonly isListed: boolean };

export type StockCommand =
  | ({ readonly type: 'ReceiveStock'; readonly quantity: number } & OfProduct)
  /** Each of the streams gets a share of what is free. */
  | ({ readonly type: 'OpenStreams' } & Spread & OfProduct)
  /**
   * `allotted`: what the head is known to have given to the stream, which takes it first if it has not yet.
   * `spread`: for the head, which opens streams in the same commit, or sends the order on where there are so many already.
   */
  | {
      readonly type: 'ReserveStock';
      readonly orderId: string;
      readonly quantity: number;
      readonly allotted?: Allotment | undefined;
      readonly spread?: Spread | undefined;
    }
  | EndOfReservation
  | TransferCommand;

/** `reserved`: version of the reservation that is meant, where no other one is; by default whichever stands. */
interface EndOfReservation {
  readonly type: 'ReleaseStock' | 'ShipStock';
  readonly orderId: string;
  readonly reserved?: number;
}

export interface Allotment {
  readonly transfer: number;
  readonly quantity: number;
}

/** At least so many streams beside the head, of which those that are used up are used again before new ones are opened. */
export interface Spread {
  readonly streams: number;
  readonly usedUp?: readonly number[];
}

/** On hand beyond that is refused, so that sums stay exact integers in every client. */
export const MAX_ON_HAND = 1_000_000_000;

/**
 * How many open reservations a stream has at most: with so many its state, compressed, fits into the same kilobyte as a commit,
 * which is one write unit
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).
 */
export const MAX_RESERVATIONS = 24;

/** How many streams beside the head may have something free: as many as what they have is gathered from at once. */
export const MAX_ACTIVE = 32;

export const stockDecider: Decider<StockCommand, StockEvent, StockState> = {
  category: 'stock',
  codec: stockEvents,
  generation: 1,
  stateSchema: stockState,
  initialState: noStock,
  evolve: evolveStock,
  decide(command, state) {
    switch (command.type) {
      case 'ReceiveStock':
        return command.isListed ? receive(command, state) : noProduct(command.sku);
      case 'OpenStreams':
        return command.isListed ? accept(...opened(command, state, freeOf(state))) : noProduct(command.sku);
      case 'ReserveStock':
        return reserve(command, state);
      case 'ReleaseStock':
        return end('StockReleased', command, state);
      case 'ShipStock':
        return end('StockShipped', command, state);
      default:
        return decideTransfer(command, state);
    }
  },
};

const noProduct = (sku: string): Decision<never> => reject('missing', 'not_found', `There is no product ${sku}.`);

function receive(
  { sku, quantity }: Extract<StockCommand, { type: 'ReceiveStock' }>,
  { onHand }: StockState,
): Decision<StockEvent> {
  if (onHand + quantity <= MAX_ON_HAND) return accept({ type: 'StockReceived', data: { quantity } });
  const detail = `At most ${MAX_ON_HAND} of ${sku} can be on hand; there are ${onHand}, and ${quantity} would be too many.`;
  return reject('rule', 'stock_limit_exceeded', detail);
}

function reserve(
  { orderId, quantity, allotted, spread }: Extract<StockCommand, { type: 'ReserveStock' }>,
  state: StockState,
): Decision<StockEvent> {
  if (reservationOf(state, orderId)) return accept();
  if (spread && state.active.length >= spread.streams) {
    return reject('rule', 'stock_spread', `There are ${state.active.length} other streams to reserve in.`);
  }
  const taken = allotted && allotted.transfer > state.done.id ? [allotted] : [];
  const free = freeOf(state) + (taken[0]?.quantity ?? 0);
  if (quantity > free) {
    const isElsewhere = state.active.length + state.transfers.length > 0;
    const detail = `${quantity} were asked for; ${free} are free in this stream.`;
    return reject('rule', isElsewhere ? 'stock_elsewhere' : 'out_of_stock', detail);
  }
  const isFull = state.reservations.length >= MAX_RESERVATIONS;
  if (isFull) return reject('rule', 'stream_full', `At most ${MAX_RESERVATIONS} reservations can be open in a stream.`);
  return accept(
    ...taken.map((data): StockEvent => ({ type: 'AllotmentTaken', data })),
    { type: 'StockReserved', data: { orderId, quantity } },
    ...(spread ? opened(spread, state, free - quantity) : []),
  );
}

function end(
  type: 'StockReleased' | 'StockShipped',
  { orderId, reserved }: EndOfReservation,
  state: StockState,
): Decision<StockEvent> {
  const [, quantity, version] = reservationOf(state, orderId) ?? [];
  const isMeant = reserved === undefined || reserved === version;
  return quantity === undefined || !isMeant ? accept() : accept({ type, data: { orderId, quantity } });
}

/** Half of what is free is shared out; the rest tops up those that sell best. */
function opened({ streams, usedUp = [] }: Spread, state: StockState, free: number): StockEvent[] {
  const missing = Math.max(0, Math.min(streams, MAX_ACTIVE) - state.active.length);
  const quantity = Math.floor(free / (2 * streams));
  const isBusy = (stream: number) => state.transfers.some((transfer) => transfer.stream === stream);
  const again = usedUp.filter((stream) => !state.active.includes(stream) && !isBusy(stream));
  const anew = Array.from({ length: missing }, (_, index) => state.opened + index + 1);
  return [...again, ...anew].slice(0, missing).map((to) => ({ type: 'StockAllotted', data: { to, quantity } }));
}
