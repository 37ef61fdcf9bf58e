// The process manager's actions on stock, done.

import { eventId, type Provenance } from '../../../spine/kernel/envelope.ts';
import type { Heard, Outcome } from '../../../spine/kernel/process-manager.ts';
import { stockStream } from '../../stock/streams.ts';
import type { Action, StockAction } from '../actions.ts';
import type { FulfilmentInput } from '../decider.ts';
import type { FulfilmentState } from '../state.ts';
import { tryOf } from '../tries.ts';
import type { StockKeeper } from './stock.ts';
import type { LineAt } from './stock-lines.ts';

type Ended = Promise<Heard<FulfilmentInput>>;
type Started = Exclude<FulfilmentState, { stage: 'none' }>;

export function stockActions(stock: StockKeeper) {
  const reserve = async (sku: string, stream: number, { order, tries }: Started, cause: Provenance): Ended => {
    const { orderId, lines } = order;
    const quantity = lines.find((line) => line.sku === sku)?.quantity ?? 0;
    const tried = tries.filter((each) => each.sku === sku).map((each) => each.stream);
    const reserved = await stock.reserve({ sku, orderId, quantity, stream, tried }, cause);
    switch (reserved.kind) {
      case 'reserved':
        return heardOf('LineReserved', sku, stream, reserved.version);
      case 'moved':
        return { input: { type: 'LineMoved', sku, from: stream, to: reserved.to }, causationId: cause.causationId };
      case 'out-of-stock':
        return { input: { type: 'LineRefused', sku, stream }, causationId: cause.causationId };
      default:
        return reserved satisfies never;
    }
  };

  const release = async (line: LineAt, told: number, cause: Provenance) => {
    const { sku, stream } = line;
    const { version, standing } = await stock.release(line, told, cause);
    const released = heardOf('LineReleased', sku, stream, version);
    return standing === undefined ? released : [released, heardOf('LineReserved', sku, stream, standing)];
  };

  return async (
    action: Extract<Action, { do: StockAction }>,
    state: Started,
    cause: Provenance,
  ): Promise<Outcome<FulfilmentInput>> => {
    const { sku, stream } = action;
    const line = { sku, stream, orderId: state.order.orderId };
    const { version: told } = tryOf(state.tries, line);
    switch (action.do) {
      case 'reserve-line':
        return reserve(sku, stream, state, cause);
      case 'find-line': {
        const found = await stock.find(line);
        if (found !== undefined) return heardOf('LineReserved', sku, stream, found);
        return { input: { type: 'LineNotFound', sku, stream }, causationId: cause.causationId };
      }
      case 'release-line':
        return release(line, told, cause);
      case 'ship-line': {
        const version = await stock.ship(line, told, cause);
        return {
          input: { type: 'LineShipped', sku },
          causationId: eventId({ stream: stockStream(sku, stream), version }),
        };
      }
      default:
        return action.do satisfies never;
    }
  };
}

export const heardOf = (
  type: 'LineReserved' | 'LineReleased',
  sku: string,
  stream: number,
  version: number,
): Heard<FulfilmentInput> => ({
  input: { type, sku, stream, version },
  causationId: eventId({ stream: stockStream(sku, stream), version }),
});
