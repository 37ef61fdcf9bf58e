// Tries to reserve a line in one stream. A stream that is hot is left for another one while there can be more of them; where
// there can't, the writers wait for each other.

import type { Rejection } from '../../../spine/kernel/decider.ts';
import type { Provenance } from '../../../spine/kernel/envelope.ts';
import { ProcessInterruptedError } from '../../../spine/kernel/process-manager.ts';
import type { CommandSender, Contended, Sent, Tactics } from '../../../spine/process/command-sender.ts';
import { MAX_ACTIVE, MAX_RESERVATIONS, type Spread, stockDecider } from '../../stock/decider.ts';
import type { Escrow } from '../../stock/escrow.ts';
import { firstStream, type Refused } from '../../stock/room.ts';
import { reservationOf, type StockState } from '../../stock/state.ts';
import { HEAD, stockId } from '../../stock/streams.ts';
import type { KnownStreams } from './known-streams.ts';
import type { LineToReserve, Reserved } from './stock-lines.ts';

export type Tried = Reserved | { readonly kind: 'refused'; readonly refused: Refused };

type Answer = Sent<StockState> | Contended<StockState>;

/** So many lost races say that a stream is hot, and that another one is the quicker way if there can be one. */
const HOT_AFTER_LOST_RACES = 2;

export function reservationTries(known: KnownStreams, stock: Escrow, sender: CommandSender) {
  const send = async (line: LineToReserve, cause: Provenance, { spread, ...tactics }: How = {}): Promise<Answer> => {
    const { sku, orderId, quantity, stream } = line;
    const allotted = known.allotmentOf(sku, stream);
    const command = { type: 'ReserveStock', orderId, quantity, allotted, spread } as const;
    const sent = await sender.trySending(stockDecider, stockId(sku, stream), command, cause, tactics);
    if (stream === HEAD) known.learn(sku, sent.kind === 'contended' ? sent.current.state : sent.state);
    if ('lostRaces' in sent && sent.lostRaces >= HOT_AFTER_LOST_RACES) known.changeSeat(sku);
    return sent;
  };

  /** Where it is tried next if others have opened more streams, or this process does. */
  const leave = async (line: LineToReserve, inUse: number, { current }: Contended<StockState>, cause: Provenance) => {
    const { sku, stream } = line;
    if (stream !== HEAD) await stock.widen(sku, inUse, cause);
    const active = known.of(sku) ?? [];
    const to = firstStream(known.seatAt(sku), active);
    if (active.length > inUse && to !== stream) return { kind: 'moved', to } as const;
    const spread = stream === HEAD ? await stock.spreadOf(sku, current) : undefined;
    return send(line, cause, { spread, from: current });
  };

  const tryTo = async (line: LineToReserve, isAgain: boolean, cause: Provenance) => {
    const inUse = known.of(line.sku)?.length ?? 0;
    const tactics = isAgain ? {} : { takesAsKept: isFull };
    if (inUse >= MAX_ACTIVE) return send(line, cause, tactics);
    const sent = await send(line, cause, { ...tactics, mostRaces: HOT_AFTER_LOST_RACES });
    return sent.kind === 'contended' ? leave(line, inUse, sent, cause) : sent;
  };

  /** Whoever takes the last place sees to it that the next find another: one writer, where all the next would be. */
  const replaceIfFull = async (line: LineToReserve, { reservations }: StockState, cause: Provenance) => {
    const { sku, orderId, quantity, stream } = line;
    if (stream === HEAD || reservations.length < MAX_RESERVATIONS) return;
    const wanted = { orderId, quantity, seat: known.seatAt(sku) };
    await stock.replace(sku, stream, wanted, cause).catch(leaveToTheNext);
  };

  /** @param isAgain it was refused there, but there is room by now, whatever this process keeps of the stream */
  return async (line: LineToReserve, isAgain: boolean, cause: Provenance): Promise<Tried> => {
    const { sku, orderId, stream } = line;
    const allotted = known.allotmentOf(sku, stream)?.transfer ?? 0;
    const sent = await tryTo(line, isAgain, cause);
    switch (sent.kind) {
      case 'moved':
        return sent;
      case 'changed':
      case 'unchanged':
        if (sent.kind === 'changed') await replaceIfFull(line, sent.state, cause);
        return { kind: 'reserved', version: reservedIn(sent.state, orderId) ?? sent.version };
      case 'rejected':
        return refusal(sent.rejection);
      case 'contended':
        return { kind: 'refused', refused: { stream, isFull: false, allotted } };
      default:
        return sent satisfies never;
    }

    function refusal(rejection: Rejection): Tried {
      if (stream === HEAD && rejection.code === 'out_of_stock') return { kind: 'out-of-stock' };
      if (rejection.code === 'stock_spread')
        return { kind: 'moved', to: firstStream(known.seatAt(sku), known.of(sku) ?? []) };
      return { kind: 'refused', refused: { stream, isFull: isFull(rejection), allotted } };
    }
  };
}

interface How extends Tactics<StockState> {
  readonly spread?: Spread | undefined;
}

const isFull = ({ code }: Rejection): boolean => code === 'stream_full';

function leaveToTheNext(error: unknown): void {
  if (!(error instanceof ProcessInterruptedError)) throw error;
}

/** Version of the order's reservation. */
export const reservedIn = (state: StockState, orderId: string): number | undefined =>
  reservationOf(state, orderId)?.[2];
