// What one stock stream adds to what is available of its product.
import { type StockEvent, stockEvents } from '../domain/stock/events.ts';
import { idOf, type RecordedEvent } from '../kernel/envelope.ts';
import type { PartFold } from '../kernel/projection.ts';

export interface StockPart {
  readonly sku: string;
  /** 0 for the head. */
  readonly number: number;
  readonly version: number;
  /** On hand − reserved, in this stream. */
  readonly free: number;
  /** Of the head: what is on its way to another stream, or from it where there is no quantity. */
  readonly transfers: readonly { readonly id: number; readonly stream: number; readonly quantity?: number }[];
  /** The newest transfer that this stream has done its part in; `taken` is negative for what it gave back. */
  readonly done: { readonly id: number; readonly taken: number };
}

/** `stock-ANVIL.3` → `ANVIL` */
export const skuOf = (stream: string): string => idOf(stream).split('.', 1)[0] ?? '';

const emptyPart = ({ stream }: RecordedEvent<StockEvent>): StockPart => ({
  sku: skuOf(stream),
  number: Number(idOf(stream).split('.')[1] ?? 0),
  ...{ version: 0, free: 0, transfers: [], done: { id: 0, taken: 0 } },
});

export const stockPart: PartFold<StockPart, StockEvent> = {
  codec: stockEvents,
  evolve(before, event) {
    const part = before ?? emptyPart(event);
    return { ...part, ...change(part, event), version: event.version };
  },
};

function change({ free, transfers }: StockPart, event: RecordedEvent<StockEvent>): Partial<StockPart> {
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
      return { free: free - quantity, transfers: [...transfers, { id: event.version, stream, quantity }] };
    }
    case 'StockRecalled':
      return { transfers: [...transfers, { id: event.version, stream: event.data.from }] };
    case 'AllotmentTaken': {
      const { transfer: id, quantity } = event.data;
      return { free: free + quantity, done: { id, taken: quantity } };
    }
    case 'StockReturned': {
      const { transfer: id, quantity } = event.data;
      return { free: free - quantity, done: { id, taken: -quantity } };
    }
    case 'TransferSettled': {
      const { transfer, returned } = event.data;
      return { free: free + returned, transfers: transfers.filter(({ id }) => id !== transfer) };
    }
    default:
      return event satisfies never;
  }
}

/** Over all streams, with what is on its way between two of them, whichever of the two is further. */
export function availableIn(parts: readonly StockPart[]): number {
  const head = parts.find(({ number }) => number === 0);
  const numbered = new Map(parts.map((part) => [part.number, part]));
  const toOthers = (head?.transfers ?? []).map(({ id, stream, quantity = 0 }) =>
    (numbered.get(stream)?.done.id ?? 0) < id ? quantity : 0,
  );
  const isUnseenByHead = ({ done }: StockPart): boolean =>
    done.id > (head?.version ?? 0) ||
    (head?.transfers ?? []).some(({ id, quantity }) => id === done.id && quantity === undefined);
  const unseen = parts.filter((part) => part.number > 0 && isUnseenByHead(part)).map(({ done }) => -done.taken);
  const sum = [...parts.map(({ free }) => free), ...toOthers, ...unseen].reduce((total, each) => total + each, 0);
  return Math.max(0, sum);
}
