// Where an order finds room, as the head and the streams in use stand. Pure.
import { type Allotment, MAX_RESERVATIONS } from './decider.ts';
import { freeOf, reservationOf, type StockState } from './state.ts';
import { HEAD } from './streams.ts';

export interface Wanted {
  readonly orderId: string;
  /** Of who asks: the same one goes to the same stream as long as that is in use. */
  readonly seat: string;
  readonly quantity: number;
}

export type Room =
  | { readonly kind: 'none' }
  | { readonly kind: 'stream'; readonly stream: number }
  /** To be moved first; `to` is a stream, or a fresh one. Without `allot`, ask again. */
  | {
      readonly kind: 'move';
      readonly allot?: { readonly to: number | 'fresh'; readonly quantity: number };
      readonly recall: readonly number[];
    };

/** A share is at least so many times the quantity; where less is left, the head itself is asked if it has room. */
const SHARED_AT_LEAST = 8;

/**
 * @param head without a transfer that is not settled
 * @param active the other streams in use, by their number
 */
export function roomFor(wanted: Wanted, head: StockState, active: ReadonlyMap<number, StockState>): Room {
  const { orderId, seat, quantity } = wanted;
  // Another run may have been quicker.
  const own = [[HEAD, head] as const, ...active].find(([, state]) => reservationOf(state, orderId));
  if (own) return { kind: 'stream', stream: own[0] };
  const slots = [...active].filter(([, state]) => hasSlot(state));
  const withSlots = slots.map(([stream]) => stream);
  const withRoom = slots.filter(([, state]) => freeOf(state) >= quantity).map(([stream]) => stream);
  const ready = chosenBy(seat, withRoom);
  if (ready !== undefined) return { kind: 'stream', stream: ready };
  if (freeOf(head) < quantity) return gathered(quantity, head, active);
  if (active.size === 0 && hasSlot(head)) return inHead;
  const short = chosenBy(seat, withSlots);
  return short === undefined ? inFresh(wanted, head) : topUp(short, quantity, head);
}

/** The stream that an order was tried in, and why it had no room there. */
export interface Refused {
  readonly stream: number;
  readonly isFull: boolean;
  /** The newest allotment to it that was taken into account; 0 without one. */
  readonly allotted: number;
  /** All streams that it was tried in. @default this one */
  readonly tried?: readonly number[];
}

/**
 * What the head alone tells: the order goes where it would go first today, and if that is where it was refused, that stream is
 * replaced or topped up. So a product in demand is not read as a whole for each order that meets a full stream. Where it was tried
 * before it is not sent at sight: two runs of one order that prefer different streams would send it to and fro.
 * @returns `undefined` where all streams in use have to be read
 */
export function roomAtSight({ seat, quantity }: Wanted, refused: Refused, head: StockState): Room | undefined {
  const stream = firstStream(seat, head.active);
  if (stream === HEAD) return undefined;
  const isFilled = !refused.isFull && (allotmentOf(head, stream)?.transfer ?? 0) > refused.allotted;
  const isNew = stream !== refused.stream;
  if (isNew && refused.tried?.includes(stream)) return undefined;
  if (isNew || isFilled) return { kind: 'stream', stream };
  const share = shareOf(quantity, head);
  if (head.active.length < 2 || share < SHARED_AT_LEAST * quantity) return undefined;
  const allot = { to: refused.isFull ? ('fresh' as const) : stream, quantity: share };
  return { kind: 'move', allot, recall: refused.isFull ? [stream] : [] };
}

/** When nothing at all is left, the streams are closed too: from then on the head alone knows that there is nothing. */
function gathered(quantity: number, head: StockState, active: ReadonlyMap<number, StockState>): Room {
  const elsewhere = [...active.values()].reduce((sum, state) => sum + freeOf(state), 0);
  if (active.size === 0) return { kind: 'none' };
  const isOfUse = freeOf(head) + elsewhere >= quantity || elsewhere === 0;
  return isOfUse ? { kind: 'move', recall: head.active } : { kind: 'none' };
}

function topUp(stream: number, quantity: number, head: StockState): Room {
  const share = shareOf(quantity, head);
  if (share < SHARED_AT_LEAST * quantity && hasSlot(head)) return inHead;
  return { kind: 'move', allot: { to: stream, quantity: share }, recall: [] };
}

/** All streams in use are full: one of them is closed for the one that is opened. */
function inFresh({ seat, quantity }: Wanted, head: StockState): Room {
  const full = chosenBy(seat, head.active);
  // It was in use because the head was full, and not because the product is hot: the head may have room by now.
  const isHeadEnough = head.active.length === 1 && openIn(head) <= MAX_RESERVATIONS / 2;
  if (isHeadEnough) return { kind: 'move', recall: head.active };
  const recall = full === undefined ? [] : [full];
  return { kind: 'move', allot: { to: 'fresh', quantity: shareOf(quantity, head) }, recall };
}

const openIn = ({ reservations }: StockState): number => reservations.length;

const hasSlot = (state: StockState): boolean => openIn(state) < MAX_RESERVATIONS;

/** The less is left, the smaller, so that little has to be gathered in the end; but enough for some orders like this one. */
function shareOf(quantity: number, head: StockState): number {
  const free = freeOf(head);
  const share = Math.ceil(free / (2 * Math.max(1, head.active.length)));
  return Math.min(free, Math.max(share, SHARED_AT_LEAST * quantity));
}

const inHead: Room = { kind: 'stream', stream: HEAD };

/** What is on its way to the stream, as far as the head knows. */
export function allotmentOf({ transfers }: Pick<StockState, 'transfers'>, stream: number): Allotment | undefined {
  const pending = transfers.find((transfer) => transfer.stream === stream);
  return pending?.quantity === undefined ? undefined : { transfer: pending.id, quantity: pending.quantity };
}

/** Where an order is tried first. Each process has a stream that it prefers, so that the writers of different processes seldom meet. */
export const firstStream = (seat: string, active: readonly number[]): number => chosenBy(seat, active) ?? HEAD;

/**
 * The same for the same seat until that stream is taken out: the others do not move.
 * @see Thaler and Ravishankar, "Using name-based mappings to increase hit rates", 1998 (rendezvous hashing)
 */
const chosenBy = (seat: string, streams: readonly number[]): number | undefined =>
  streams
    .map((stream) => ({ stream, weight: hashOf(`${stream}/${seat}`) }))
    .reduce<{ stream: number; weight: number } | undefined>(
      (best, each) => (best && best.weight >= each.weight ? best : each),
      undefined,
    )?.stream;

/**
 * FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) of UTF-16 code units, and the last step of MurmurHash3
 * (https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp), without which the last characters hardly count.
 */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
