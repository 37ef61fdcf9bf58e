// What the process manager does with stock. A line is reserved in one stream; where there is no room the escrow makes some.

import type { Provenance } from '../../../spine/kernel/envelope.ts';
import type { EventStore } from '../../../spine/kernel/event-store.ts';
import { type ExecutionPorts, knownStream } from '../../../spine/kernel/execution/execute-command.ts';
import { loadStream } from '../../../spine/kernel/execution/stream-state.ts';
import { ProcessInterruptedError } from '../../../spine/kernel/process-manager.ts';
import type { CommandSender } from '../../../spine/process/command-sender.ts';
import { type StockCommand, stockDecider } from '../../stock/decider.ts';
import { escrow } from '../../stock/escrow.ts';
import { firstStream, type Refused } from '../../stock/room.ts';
import { freeOf } from '../../stock/state.ts';
import { HEAD, stockId, stockStream } from '../../stock/streams.ts';
import { knownStreams } from './known-streams.ts';
import { reservationTries, reservedIn } from './reservation-tries.ts';
import type { LineAt, LineToReserve, Reserved } from './stock-lines.ts';

export interface StockKeeper {
  /**
   * Where an order's line is best tried first, as far as this process knows: the head, or one of the streams in use. Of a product
   * that it has not seen the head is read, rather than each stream in use when the head has no room.
   */
  firstStream(sku: string): Promise<number>;
  reserve(line: LineToReserve, cause: Provenance): Promise<Reserved>;
  /** Version of the order's reservation in that stream. */
  find(line: LineAt): Promise<number | undefined>;
  /**
   * What is released where orders are not tried goes back to the head before this ends.
   * @param reserved version of the reservation; no other one is released
   */
  release(line: LineAt, reserved: number, cause: Provenance): Promise<Released>;
  /** @returns version of the event that shipped it, by this run or another */
  ship(line: LineAt, reserved: number, cause: Provenance): Promise<number>;
}

export interface Released {
  /** Of the event that released it, by this run or another. */
  readonly version: number;
  /** Version of another reservation that stands there: a late run has made it since. */
  readonly standing: number | undefined;
}

/** After that many refusals where there had just been room the order goes on later. */
const MAX_ATTEMPTS = 10;

export function stockKeeper(ports: ExecutionPorts & { newId(): string }, sender: CommandSender): StockKeeper {
  const known = knownStreams(ports.newId);
  const stock = escrow({ ...ports, learn: known.learn });
  const tryToReserve = reservationTries(known, stock, sender);

  const activeOf = async (sku: string): Promise<readonly number[]> => {
    const { current } = await knownStream(ports, stockDecider, stockStream(sku));
    ports.kept?.keep(stockDecider, stockStream(sku), current);
    known.learn(sku, current.state);
    return current.state.active;
  };

  const find: StockKeeper['find'] = async ({ sku, orderId, stream }) => {
    const { state } = await loadStream(ports.store, stockDecider, stockStream(sku, stream));
    return reservedIn(state, orderId);
  };

  /** Where else there is room, and without any what another run of the order's process has just taken of what this one misses. */
  const elsewhere = async (line: LineToReserve, refused: Refused, cause: Provenance): Promise<Reserved> => {
    const { sku, orderId, quantity, stream, tried = [stream] } = line;
    const wanted = { orderId, quantity, seat: known.seatAt(sku) };
    const to = await stock.makeRoom(sku, wanted, { ...refused, tried }, cause);
    if (to !== undefined) return { kind: 'moved', to };
    const version = await find(line);
    return version === undefined ? { kind: 'out-of-stock' } : { kind: 'reserved', version };
  };

  const reserve: StockKeeper['reserve'] = async (line, cause) => {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const tried = await tryToReserve(line, attempt > 1, cause);
      if (tried.kind !== 'refused') return tried;
      const found = await elsewhere(line, tried.refused, cause);
      if (found.kind !== 'moved' || found.to !== line.stream) return found;
    }
    throw new ProcessInterruptedError(
      `Others take all room in ${stockStream(line.sku, line.stream)} before ${line.orderId} can`,
    );
  };

  type End = Extract<StockCommand, { type: 'ReleaseStock' | 'ShipStock' }>;

  const end = async (command: End, line: LineAt, reserved: number, cause: Provenance): Promise<Released> => {
    const { sku, orderId, stream } = line;
    const sent = await sender.send(stockDecider, stockId(sku, stream), command, cause);
    if (sent.kind === 'rejected') throw new RangeError(`${command.type} was rejected: ${sent.rejection.code}`);
    if (stream !== HEAD && freeOf(sent.state) > 0) await stock.gather(sku, stream, cause);
    const version = sent.kind === 'changed' ? sent.version : await endedAt(ports.store, line, reserved);
    return { version, standing: reservedIn(sent.state, orderId) };
  };

  return {
    firstStream: async (sku) => firstStream(known.seatAt(sku), known.of(sku) ?? (await activeOf(sku))),
    reserve,
    find,
    release: (line, reserved, cause) =>
      end({ type: 'ReleaseStock', orderId: line.orderId, reserved }, line, reserved, cause),
    ship: async (line, reserved, cause) =>
      (await end({ type: 'ShipStock', orderId: line.orderId }, line, reserved, cause)).version,
  };
}

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
