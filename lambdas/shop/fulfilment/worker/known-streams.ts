// The stock streams in use, as this function instance last saw them, and the one that it prefers. They say where to try first; an
// outdated one costs a try.
import type { Allotment } from '../../stock/decider.ts';
import { allotmentOf } from '../../stock/room.ts';
import type { StockState } from '../../stock/state.ts';

type Head = Pick<StockState, 'active' | 'transfers'>;

export interface KnownStreams {
  /** `undefined` for a product whose head this instance has not seen. */
  of(sku: string): readonly number[] | undefined;
  /** What the head had given to the stream when it was seen. Also what the stream has taken since is named. */
  allotmentOf(sku: string, stream: number): Allotment | undefined;
  learn(sku: string, head: Head): void;
  /** Decides which stream this process prefers. */
  seatAt(sku: string): string;
  /** Others prefer the same one. */
  changeSeat(sku: string): void;
}

const MOST_PRODUCTS = 1_000;

export function knownStreams(newId: () => string): KnownStreams {
  const known = new Map<string, Head>();
  const seats = new Map<string, string>();
  const remember = <Value>(values: Map<string, Value>, sku: string, value: Value): Value => {
    values.delete(sku);
    values.set(sku, value);
    const [oldest] = values.keys();
    if (values.size > MOST_PRODUCTS && oldest !== undefined) values.delete(oldest);
    return value;
  };
  return {
    of: (sku) => known.get(sku)?.active,
    allotmentOf(sku, stream) {
      const head = known.get(sku);
      return head && allotmentOf(head, stream);
    },
    learn: (sku, { active, transfers }) => void remember(known, sku, { active, transfers }),
    seatAt: (sku) => seats.get(sku) ?? remember(seats, sku, newId()),
    changeSeat: (sku) => void remember(seats, sku, newId()),
  };
}
