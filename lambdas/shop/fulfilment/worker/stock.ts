// What the process manager does with stock. A line is reserved in one stream; where there is no room the escrow makes some.

import type { Provenance } from '../../../spine/kernel/envelope.ts';
import type { EventStore } from '../../../spine/kernel/event-store.ts';
import { type ExecutionPorts, knownStream } from '../../../spine/kernel/execution/execute-command.ts';
import { loadStream } from '../../../spine/kernel/execution/stream-state.ts';
import { ProcessInterruptedError } from '../../../spine/kernel/process-manager.ts';
import type { CommandSender } from '../../../spine/process/command-sender.ts';
import { MAX_ACTIVE, stockDecider } from '../../stock/decider.ts';
import { type Escrow, escrow } from '../../stock/escrow.ts';
import { firstStream } from '../../stock/room.ts';
import { freeOf, reservationOf, type StockState } from '../../stock/state.ts';
import { HEAD, stockId, stockStream } from '../../stock/streams.ts';
import { knownStreams } from './known-streams.ts';

/** A line of an order in one stock stream of its product. */
export interface LineAt {
  readonly sku: string;
  readonly orderId: string;
  readonly stream: number;
}

export interface LineToReserve extends LineAt {
  readonly quantity: number;
}

export type Reserved =
  /** `version`: of the reservation's event. */
  | { readonly kind: 'reserved'; readonly version: number }
  /** To be tried there. */
  | { readonly kind: 'moved'; readonly to: number }
  | { readonly kind: 'out-of-stock' };

export interface StockKeeper {
  /**
   * Where an order's line is best tried first, as far as this process knows: the head, or one of the streams in use. Of a product
   * that it has not seen the head is read, rather than each stream in use when the head has no room.
   */
  firstStream(sku: string, orderId: string): Promise<number>;
  reserve(line: LineToReserve, cause: Provenance): Promise<Reserved>;
  /** Version of the order's reservation in that stream. */
  find(line: LineAt): Promise<number | undefined>;
  /**
   * What is released where orders are not tried goes back to the head before this ends.
   * @param reserved version of the reservation
   * @returns version of the event that released it, by this run or another
   */
  release(line: LineAt, reserved: number, cause: Provenance): Promise<number>;
  /** As `release`. */
  ship(line: LineAt, reserved: number, cause: Provenance): Promise<number>;
}

/** After that many refusals where there had just been room the order goes on later. */
const MAX_ATTEMPTS = 10;

/** So many lost races say that a stream is hot. */
const HOT_AFTER_LOST_RACES = 2;

export function stockKeeper(ports: ExecutionPorts & { newId(): string }, sender: CommandSender): StockKeeper {
  const known = knownStreams();
  const stock: Escrow = escrow({ ...ports, learn: known.learn });

  const activeOf = async (sku: string): Promise<readonly number[]> => {
    const { current } = await knownStream(ports, stockDecider, stockStream(sku));
    ports.kept?.keep(stockDecider, stockStream(sku), current);
    known.learn(sku, current.state.active);
    return current.state.active;
  };

  const send = async (line: LineToReserve, cause: Provenance) => {
    const { sku, orderId, quantity, stream } = line;
    const inUse = known.of(sku)?.length ?? 0;
    const command = { type: 'ReserveStock', orderId, quantity } as const;
    const sent = await sender.send(stockDecider, stockId(sku, stream), command, cause);
    if (sent.kind === 'rejected') return sent;
    if (stream === HEAD) known.learn(sku, sent.state.active);
    if (sent.lostRaces >= HOT_AFTER_LOST_RACES && inUse < MAX_ACTIVE) await stock.widen(sku, inUse, cause);
    return sent;
  };

  const find: StockKeeper['find'] = async ({ sku, orderId, stream }) => {
    const { state } = await loadStream(ports.store, stockDecider, stockStream(sku, stream));
    return reservedIn(state, orderId);
  };

  /** Where else there is room, and without any what another run of the order's process has just taken of what this one misses. */
  const elsewhere = async (line: LineToReserve, isFull: boolean, cause: Provenance): Promise<Reserved> => {
    const { sku, orderId, quantity, stream } = line;
    const to = await stock.makeRoom(sku, { orderId, quantity }, { stream, isFull }, cause);
    if (to !== undefined) return { kind: 'moved', to };
    const version = await find(line);
    return version === undefined ? { kind: 'out-of-stock' } : { kind: 'reserved', version };
  };

  const reserve: StockKeeper['reserve'] = async (line, cause) => {
    const { sku, orderId, stream } = line;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const sent = await send(line, cause);
      if (sent.kind !== 'rejected') {
        return { kind: 'reserved', version: reservedIn(sent.state, orderId) ?? sent.version };
      }
      if (stream === HEAD && sent.rejection.code === 'out_of_stock') return { kind: 'out-of-stock' };
      const found = await elsewhere(line, sent.rejection.code === 'stream_full', cause);
      if (found.kind !== 'moved' || found.to !== stream) return found;
    }
    throw new ProcessInterruptedError(`Others take all room in ${stockStream(sku, stream)} before ${orderId} can`);
  };

  const end = async (type: 'ReleaseStock' | 'ShipStock', line: LineAt, reserved: number, cause: Provenance) => {
    const { sku, orderId, stream } = line;
    const sent = await sender.send(stockDecider, stockId(sku, stream), { type, orderId }, cause);
    if (sent.kind === 'rejected') throw new RangeError(`${type} was rejected: ${sent.rejection.code}`);
    if (stream !== HEAD && freeOf(sent.state) > 0) await stock.gather(sku, stream, cause);
    return sent.kind === 'changed' ? sent.version : endedAt(ports.store, line, reserved);
  };

  return {
    firstStream: async (sku, orderId) => firstStream(orderId, known.of(sku) ?? (await activeOf(sku))),
    reserve,
    find,
    release: (line, reserved, cause) => end('ReleaseStock', line, reserved, cause),
    ship: (line, reserved, cause) => end('ShipStock', line, reserved, cause),
  };
}

const reservedIn = (state: StockState, orderId: string): number | undefined => reservationOf(state, orderId)?.[2];

/** Another run has ended the reservation: its event comes after the reservation's. */
async function endedAt(store: EventStore, { sku, orderId, stream }: LineAt, reserved: number): Promise<number> {
  for await (const commit of store.readForward(stockStream(sku, stream), reserved)) {
    for (const { type, data, version } of stockDecider.codec.decode(commit)) {
      const isEnd = type === 'StockReleased' || type === 'StockShipped';
      if (isEnd && data.orderId === orderId) return version;
    }
  }
  throw new RangeError(`Nothing has ended the reservation of ${orderId} in ${stockStream(sku, stream)}@${reserved}`);
}
