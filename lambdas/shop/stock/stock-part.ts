// What one stock stream adds to what is available of its product.

import { idOf, type RecordedEvent } from '../../spine/kernel/envelope.ts';
import type { PartFold } from '../../spine/kernel/projections/projection.ts';
import { type StockEvent, stockEvents } from './events.ts';

export interface StockPart {
  readonly sku: string;
  /** 0 for the head. */
  readonly number: number;
  readonly version: number;
  /** On hand − reserved, in this stream. */
  readonly free: number;
  /** Of the head: the newest transfers, for other streams' parts that are not as far, or further. */
  readonly transfers: readonly StockTransfer[];
  /** The newest transfers that this stream has done its part in, for a head's part that is not as far. */
  readonly done: readonly DoneTransfer[];
}

interface DoneTransfer {
  readonly id: number;
  /** Negative for what the stream gave back. */
  readonly taken: number;
}

interface StockTransfer {
  readonly id: number;
  readonly stream: number;
  /** What the stream gains by it; unknown while it has yet to give back what it has free. */
  readonly gained?: number;
  readonly isSettled?: boolean;
}

/** Settled ones: far more than come while one part is behind another. Those that are not settled are as few as the head lets be. */
const REMEMBERED_TRANSFERS = 40;

/** Of one stream other than the head, of which a product may have many. */
const REMEMBERED_BY_ONE = 8;

/** `stock-ANVIL.3` → `ANVIL` */
export const skuOf = (stream: string): string => idOf(stream).split('.', 1)[0] ?? '';

const emptyPart = ({ stream }: RecordedEvent<StockEvent>): StockPart => ({
  sku: skuOf(stream),
  number: Number(idOf(stream).split('.')[1] ?? 0),
  ...{ version: 0, free: 0, transfers: [], done: [] },
});

export const stockPart: PartFold<StockPart, StockEvent> = {
  codec: stockEvents,
  evolve(before, event) {
    const part = before ?? emptyPart(event);
    return { ...part, ...change(part, event), version: event.version };
  },
};

function change({ free, transfers, done }: StockPart, event: RecordedEvent<StockEvent>): Partial<StockPart> {
  switch (event.type) {
    case 'StockReceived':
    case 'StockReleased':
      return { free: free + event.data.quantity };
    case 'StockReserved':
      return { free: free - event.data.quantity };
    case 'StockShipped':
      return {};
    case 'StockAllotted': {
      const { to: stream, quantity } = event.data;
      return { free: free - quantity, transfers: remember(transfers, { id: event.version, stream, gained: quantity }) };
    }
    case 'StockRecalled':
      return { transfers: remember(transfers, { id: event.version, stream: event.data.from }) };
    case 'AllotmentTaken': {
      const { transfer: id, quantity } = event.data;
      return { free: free + quantity, done: [...done, { id, taken: quantity }].slice(-REMEMBERED_BY_ONE) };
    }
    case 'StockReturned': {
      const { transfer: id, quantity } = event.data;
      return { free: free - quantity, done: [...done, { id, taken: -quantity }].slice(-REMEMBERED_BY_ONE) };
    }
    case 'TransferSettled': {
      const { transfer, returned } = event.data;
      return { free: free + returned, transfers: transfers.map((each) => settled(each, transfer, returned)) };
    }
    default:
      return event satisfies never;
  }
}

function remember(transfers: readonly StockTransfer[], transfer: StockTransfer): readonly StockTransfer[] {
  const settledOnes = transfers.filter(({ isSettled }) => isSettled);
  const forgotten = settledOnes.slice(0, Math.max(0, settledOnes.length - REMEMBERED_TRANSFERS));
  return [...transfers.filter((each) => !forgotten.includes(each)), transfer];
}

const settled = (transfer: StockTransfer, id: number, returned: number): StockTransfer =>
  transfer.id === id ? { ...transfer, gained: transfer.gained ?? -returned, isSettled: true } : transfer;

/** Over all streams, with what is on its way between two of them, whichever part of the two is further. */
export function availableIn(parts: readonly StockPart[]): number {
  const head = parts.find(({ number }) => number === 0);
  const done = new Map(parts.map((part) => [part.number, part.done]));
  const corrections = (head?.transfers ?? []).map(({ id, stream, gained }) => {
    const ofStream = done.get(stream) ?? [];
    if (gained === undefined) return -(ofStream.find((each) => each.id === id)?.taken ?? 0);
    return (ofStream.at(-1)?.id ?? 0) < id ? gained : 0;
  });
  const unseen = [...done.values()]
    .flat()
    .filter(({ id }) => id > (head?.version ?? 0))
    .map(({ taken }) => -taken);
  const sum = [...parts.map(({ free }) => free), ...corrections, ...unseen].reduce((total, each) => total + each, 0);
  return Math.max(0, sum);
}
