// The head as an escrow: it gives stock to the other streams and gathers what they have left.
import { backoffMillis } from '../../spine/kernel/backoff.ts';
import type { Provenance } from '../../spine/kernel/envelope.ts';
import type { StreamState } from '../../spine/kernel/execution/stream-state.ts';
import { MAX_ACTIVE, MAX_RESERVATIONS, type Spread, type StockCommand } from './decider.ts';
import { type Refused, type Room, roomAtSight, roomFor, type Wanted } from './room.ts';
import { interrupted, MAX_ATTEMPTS, type SettlementPorts, settlement } from './settlement.ts';
import { freeOf, type StockState } from './state.ts';
import { HEAD } from './streams.ts';

export interface EscrowPorts extends SettlementPorts {
  /** Is told of the head whenever it is seen. */
  learn?(sku: string, head: StockState): void;
}

export interface Escrow {
  /** Completes what is on its way. @throws ProcessInterruptedError when too many others change the streams */
  settle(sku: string, cause: Provenance): Promise<void>;
  /**
   * The stream in which the order is to be tried next, with stock for it; `undefined` when there is not so much to be had.
   * @throws ProcessInterruptedError
   */
  makeRoom(sku: string, wanted: Wanted, refused: Refused, cause: Provenance): Promise<number | undefined>;
  /** What a stream that is not in use has free goes back to the head, where orders find it. @throws ProcessInterruptedError */
  gather(sku: string, stream: number, cause: Provenance): Promise<void>;
  /**
   * Has as many streams in use as may be, of a product that is hot and has enough stock to share.
   * @param inUse how many there were when it turned out to be hot: others may have opened more since
   */
  widen(sku: string, inUse: number, cause: Provenance): Promise<void>;
  /** How it is to be spread then; `undefined` where there is too little to share. */
  spreadOf(sku: string, head: StreamState<StockState>): Promise<Spread | undefined>;
  /** Puts a fresh stream in the place of one that is full, before an order meets it. @throws ProcessInterruptedError */
  replace(sku: string, stream: number, wanted: Wanted, cause: Provenance): Promise<void>;
}

/** Of what is free, for each stream that is to be opened: with less the orders would meet in the head again at once. */
const WORTH_A_STREAM = 16;

/** Of transfers back to the head: from so many on a move settles the two oldest, and so brings no more than it takes away. */
const RECALLS_LEFT = 8;

export function escrow(ports: EscrowPorts): Escrow {
  const { load, knownOf, execute, doPart, settle } = settlement(ports);
  const inTurn = <Result>(sku: string, task: () => Promise<Result>): Promise<Result> =>
    ports.kept ? ports.kept.inTurn(`escrow-${sku}`, task) : task();

  /** Changes the head if it is as it was decided on. */
  const take = async <Result>(sku: string, { command, ...step }: Step<Result>, from: Head, cause: Provenance) => {
    if (!command) return { head: from, isDone: true };
    const { outcome, current: head } = await execute(sku, HEAD, command, cause, from, {
      expectedVersions: [from.version],
    });
    ports.learn?.(sku, head.state);
    if (outcome.kind !== 'done') return { head, isDone: false };
    await giveBack(sku, head.state, command, cause);
    return { head, isDone: step.isAskedAgain !== true };
  };

  /** Decides on the head and changes it as it was, or decides again. */
  const onHead = <Result>(sku: string, cause: Provenance, decide: Decide<Result>): Promise<Result> =>
    inTurn(sku, async () => {
      let head = await load(sku, HEAD);
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        ports.learn?.(sku, head.state);
        const step = await decide(head);
        const taken = step && (await take(sku, step, head, cause));
        if (step && taken?.isDone) return step.result;
        if (taken && attempt === 1) {
          head = taken.head;
          continue;
        }
        await ports.wait(backoffMillis(Math.min(attempt, 4), ports.random()));
        head = await load(sku, HEAD);
      }
      throw interrupted(sku);
    });

  /** What a stream takes it takes with its next reservation; what it gives back nobody would wait for. */
  const giveBack = async (sku: string, { transfers }: StockState, command: StockCommand, cause: Provenance) => {
    const recalled: readonly number[] = command.type === 'MoveStock' ? command.recall : [];
    const back = transfers.filter(({ stream, quantity }) => quantity === undefined && recalled.includes(stream));
    await Promise.all(back.map((transfer) => doPart(sku, transfer, cause)));
  };

  const statesOf = async (sku: string, streams: readonly number[]): Promise<ReadonlyMap<number, StockState>> =>
    new Map(await Promise.all(streams.map(async (stream) => [stream, (await load(sku, stream)).state] as const)));

  /** Only if nothing has gone from one stream to another while they were read: whatever that is begins at the head. */
  const refusal = async (sku: string, { state, version }: Head) =>
    state.active.length === 0 || (await load(sku, HEAD)).version === version ? { result: undefined } : undefined;

  /** Of so many of the streams of before, by turns, those that are not in use and have few reservations. */
  const usedUpOf = async (sku: string, { state, version }: Head, looks: number) => {
    const { opened, active, transfers } = state;
    const candidates = Array.from({ length: Math.min(looks, opened) }, (_, index) => 1 + ((version + index) % opened));
    const isBusy = (stream: number) => active.includes(stream) || transfers.some((each) => each.stream === stream);
    const closed = candidates.filter((stream) => !isBusy(stream));
    const states = await Promise.all(closed.map((stream) => knownOf(sku, stream)));
    return closed.filter((_, index) => (states[index]?.reservations.length ?? 0) <= MAX_RESERVATIONS / 4);
  };

  /** One of before that is used up, or a new one: so the number of streams follows the open reservations, not all orders. */
  const fresh = async (sku: string, head: Head): Promise<number> => {
    const [usedUp] = await usedUpOf(sku, head, 1);
    return usedUp ?? head.state.opened + 1;
  };

  /** The streams that the move is about have to be settled; of what others have left behind, some goes along. */
  const settledWith = (sku: string, { transfers }: StockState, streams: readonly number[], cause: Provenance) => {
    const own = transfers.filter(({ stream }) => streams.includes(stream));
    const recalls = transfers.filter((each) => each.quantity === undefined && !own.includes(each));
    const oldest = recalls.slice(0, recalls.length < RECALLS_LEFT ? 0 : 2);
    return Promise.all([...own, ...oldest].map((transfer) => doPart(sku, transfer, cause)));
  };

  const stepTo = async (
    sku: string,
    head: Head,
    { allot, recall }: Extract<Room, { kind: 'move' }>,
    cause: Provenance,
  ): Promise<Step<number | undefined>> => {
    const to = allot?.to === 'fresh' ? await fresh(sku, head) : allot?.to;
    const settled = await settledWith(sku, head.state, to === undefined ? recall : [...recall, to], cause);
    const move = { type: 'MoveStock', settled, recall } as const;
    if (!allot || to === undefined) return { result: undefined, command: move, isAskedAgain: true };
    return { result: to, command: { ...move, allot: { to, quantity: allot.quantity } } };
  };

  const spreadOf = async (sku: string, head: Head): Promise<Spread | undefined> => {
    const streams = Math.min(MAX_ACTIVE, Math.floor(freeOf(head.state) / WORTH_A_STREAM));
    if (streams < 2 || streams <= head.state.active.length) return undefined;
    return { streams, usedUp: await usedUpOf(sku, head, streams) };
  };

  return {
    spreadOf,
    async settle(sku, cause) {
      await inTurn(sku, () => settle(sku, cause));
    },
    makeRoom(sku, wanted, refused, cause) {
      return onHead<number | undefined>(sku, cause, async (seen) => {
        const atSight = roomAtSight(wanted, refused, seen.state);
        const head = atSight ? seen : await settle(sku, cause, seen);
        const room = atSight ?? roomFor(wanted, head.state, await statesOf(sku, head.state.active));
        if (room.kind === 'none') return refusal(sku, head);
        if (room.kind === 'stream') return { result: room.stream };
        return stepTo(sku, head, room, cause);
      });
    },
    async gather(sku, stream, cause) {
      if (stream === HEAD) return;
      await onHead<void>(sku, cause, async (seen) => {
        const head = await settle(sku, cause, seen);
        const isInUse = head.state.active.includes(stream);
        if (isInUse || freeOf((await load(sku, stream)).state) === 0) return { result: undefined };
        return { result: undefined, command: { type: 'MoveStock', recall: [stream] }, isAskedAgain: true };
      });
    },
    async widen(sku, inUse, cause) {
      await inTurn(sku, async () => {
        let head = await load(sku, HEAD);
        for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
          ports.learn?.(sku, head.state);
          const spread = head.state.active.length > inUse ? undefined : await spreadOf(sku, head);
          if (!spread) return;
          const command: StockCommand = { type: 'OpenStreams', sku, isListed: true, ...spread };
          head = (await execute(sku, HEAD, command, cause, head, { expectedVersions: [head.version] })).current;
        }
      });
    },
    async replace(sku, stream, wanted, cause) {
      await onHead<void>(sku, cause, async (head) => {
        const refused = { stream, isFull: true, allotted: 0 };
        const room = head.state.active.includes(stream) ? roomAtSight(wanted, refused, head.state) : undefined;
        if (room?.kind !== 'move' || !room.recall.includes(stream)) return { result: undefined };
        return { ...(await stepTo(sku, head, room, cause)), result: undefined };
      });
    },
  };
}

type Head = StreamState<StockState>;

/** `undefined`: the streams were not read as they were at one moment, so it decides anew. */
type Decide<Result> = (head: Head) => Promise<Step<Result> | undefined>;

interface Step<Result> {
  readonly result: Result;
  /** What the head is to do first. */
  readonly command?: StockCommand;
  /** The head decides anew when that is done. */
  readonly isAskedAgain?: boolean;
}
