// Where the lines of an order are tried first, and which of their reservations were made but not recorded.

import type { Heard } from '../../../spine/kernel/process-manager.ts';
import type { FulfilmentInput } from '../decider.ts';
import { type FulfilmentState, placesToInspect } from '../state.ts';
import type { StockKeeper } from './stock.ts';
import { heardOf } from './stock-actions.ts';

type Placed = Extract<FulfilmentInput, { type: 'OrderPlaced' }>;

/** The plan is on record before anything is reserved, so that all runs of the process keep to it. */
export async function withFirstStreams(
  stock: Pick<StockKeeper, 'firstStream'>,
  { order, ...input }: Placed,
): Promise<Placed> {
  const lines = order.lines.map(async (line) => {
    const stream = await stock.firstStream(line.sku);
    return stream === 0 ? line : { ...line, stream };
  });
  return { ...input, order: { ...order, lines: await Promise.all(lines) } };
}

/** Reads each place where something may be reserved; where every line is reserved and told of, nothing. */
export async function unrecordedReservations(
  stock: Pick<StockKeeper, 'find'>,
  state: FulfilmentState,
): Promise<Heard<FulfilmentInput>[]> {
  if (state.stage === 'none') return [];
  const { orderId } = state.order;
  const found = await Promise.all(
    placesToInspect(state).map(async ({ sku, stream, version: told }) => {
      const version = await stock.find({ sku, orderId, stream });
      return version !== undefined && version > told ? [heardOf('LineReserved', sku, stream, version)] : [];
    }),
  );
  return found.flat();
}
