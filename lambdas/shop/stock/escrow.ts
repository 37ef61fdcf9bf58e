// The head as an escrow: it gives stock to the other streams and gathers what they have left. Whoever meets a transfer that is
// not settled completes it before going on, so a run that died in the middle holds nobody up.

import { backoffMillis } from '../../spine/kernel/backoff.ts';
import type { Provenance } from '../../spine/kernel/envelope.ts';
import { type ExecutionPorts, executeFrom } from '../../spine/kernel/execution/execute-command.ts';
import { loadStream, type StreamState } from '../../spine/kernel/execution/stream-state.ts';
import { ProcessInterruptedError } from '../../spine/kernel/process-manager.ts';
import { MAX_ACTIVE, MAX_RESERVATIONS, type StockCommand, stockDecider } from './decider.ts';
import { type Refused, roomAtSight, roomFor, type Wanted } from './room.ts';
import { freeOf, type PendingTransfer, type StockState } from './state.ts';
import { HEAD, stockStream } from './streams.ts';
import type { SettledTransfer, TransferCommand } from './transfers.ts';

export interface EscrowPorts extends ExecutionPorts {
  newId(): string;
  /** Is told of the streams in use whenever the head is seen. */
  learn?(sku: string, active: readonly number[]): void;
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
   * Has twice as many streams in use, if the product is hot still and has enough stock to share.
   * @param inUse how many there were when it turned out to be hot: others may have opened more since
   */
  widen(sku: string, inUse: number, cause: Provenance): Promise<void>;
}

/** After that many lost races for the head the caller goes on later. */
const MAX_ATTEMPTS = 30;

/** Of what is free, for each stream that is to be opened: with less the orders would meet in the head again at once. */
const WORTH_A_STREAM = 16;

export function escrow(ports: EscrowPorts): Escrow {
  const inTurn = <Result>(sku: string, task: () => Promise<Result>): Promise<Result> =>
    ports.kept ? ports.kept.inTurn(`escrow-${sku}`, task) : task();
  const load = (sku: string, stream: number) => loadStream(ports.store, stockDecider, stockStream(sku, stream));

  const execute = async (
    sku: string,
    stream: number,
    command: StockCommand,
    cause: Provenance,
    from: StreamState<StockState>,
    expectedVersions?: readonly number[],
  ) => {
    const request = { stream: stockStream(sku, stream), command, id: ports.newId(), provenance: cause };
    return executeFrom(ports, stockDecider, { ...request, ...(expectedVersions && { expectedVersions }) }, from);
  };

  const doPart = async (sku: string, transfer: PendingTransfer, cause: Provenance): Promise<SettledTransfer> => {
    const { id, stream, quantity } = transfer;
    const command: TransferCommand =
      quantity === undefined
        ? { type: 'ReturnStock', transfer: id }
        : { type: 'TakeAllotment', transfer: id, quantity };
    const { outcome, current } = await execute(sku, stream, command, cause, await load(sku, stream));
    if (outcome.kind !== 'done') throw interrupted(sku);
    return { transfer: id, returned: current.state.done.id === id ? current.state.done.returned : 0 };
  };

  const settle = async (sku: string, cause: Provenance, from?: StreamState<StockState>) => {
    let head = from ?? (await load(sku, HEAD));
    for (let attempt = 1; head.state.transfers.length > 0; attempt += 1) {
      if (attempt > MAX_ATTEMPTS) throw interrupted(sku);
      const settled = await Promise.all(head.state.transfers.map((transfer) => doPart(sku, transfer, cause)));
      head = (await execute(sku, HEAD, { type: 'SettleTransfers', settled }, cause, head)).current;
    }
    return head;
  };

  /** `undefined` when another came first. */
  const tryOnHead = async <Result>(
    sku: string,
    cause: Provenance,
    decide: Decide<Result>,
    atSight?: AtSight<Result>,
  ) => {
    const seen = await load(sku, HEAD);
    ports.learn?.(sku, seen.state.active);
    const answer = atSight?.(seen.state);
    if (answer) return answer;
    const head = await settle(sku, cause, seen);
    const step = await decide(head);
    if (!step) return undefined;
    if (!step.command) return step;
    const { outcome, current } = await execute(sku, HEAD, step.command, cause, head, [head.version]);
    if (outcome.kind !== 'done') return undefined;
    const { state } = await settle(sku, cause, current);
    ports.learn?.(sku, state.active);
    return step.isAskedAgain ? undefined : step;
  };

  /** Decides on the settled head and changes it as it was, or decides again; `atSight` may tell before it is settled. */
  const onHead = <Result>(
    sku: string,
    cause: Provenance,
    decide: Decide<Result>,
    atSight?: AtSight<Result>,
  ): Promise<Result> =>
    inTurn(sku, async () => {
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        const step = await tryOnHead(sku, cause, decide, atSight);
        if (step) return step.result;
        await ports.wait(backoffMillis(Math.min(attempt, 4), ports.random()));
      }
      throw interrupted(sku);
    });

  const statesOf = async (sku: string, streams: readonly number[]): Promise<ReadonlyMap<number, StockState>> =>
    new Map(await Promise.all(streams.map(async (stream) => [stream, (await load(sku, stream)).state] as const)));

  /** Only if nothing has gone from one stream to another while they were read: whatever that is begins at the head. */
  const refusal = async (sku: string, { state, version }: StreamState<StockState>) =>
    state.active.length === 0 || (await load(sku, HEAD)).version === version ? { result: undefined } : undefined;

  /** Of so many of the streams of before, by turns, those that are not in use and have few reservations. */
  const usedUpOf = async (sku: string, { opened, active }: StockState, turn: number, looks: number) => {
    const candidates = Array.from({ length: Math.min(looks, opened) }, (_, index) => 1 + ((turn + index) % opened));
    const closed = candidates.filter((stream) => !active.includes(stream));
    const states = await statesOf(sku, closed);
    return closed.filter((stream) => (states.get(stream)?.reservations.length ?? 0) <= MAX_RESERVATIONS / 4);
  };

  /** One of before that is used up, or a new one: so the number of streams follows the open reservations, not all orders. */
  const fresh = async (sku: string, { state, version }: StreamState<StockState>): Promise<number> => {
    const [usedUp] = await usedUpOf(sku, state, version, 1);
    return usedUp ?? state.opened + 1;
  };

  return {
    async settle(sku, cause) {
      await inTurn(sku, () => settle(sku, cause));
    },
    makeRoom(sku, wanted, refused, cause) {
      const atSight: AtSight<number | undefined> = (head) => {
        const room = roomAtSight(wanted, refused, head);
        return room?.kind === 'stream' ? { result: room.stream } : undefined;
      };
      const decide: Decide<number | undefined> = async (head) => {
        const room =
          roomAtSight(wanted, refused, head.state) ??
          roomFor(wanted, head.state, await statesOf(sku, head.state.active));
        if (room.kind === 'none') return refusal(sku, head);
        if (room.kind === 'stream') return { result: room.stream };
        const { allot, recall } = room;
        if (!allot) return { result: undefined, command: { type: 'MoveStock', recall }, isAskedAgain: true };
        const to = allot.to === 'fresh' ? await fresh(sku, head) : allot.to;
        const { quantity } = allot;
        return { result: to, command: { type: 'MoveStock', allot: { to, quantity }, recall } };
      };
      return onHead(sku, cause, decide, atSight);
    },
    async gather(sku, stream, cause) {
      if (stream === HEAD) return;
      await onHead<void>(sku, cause, async (head) => {
        const isInUse = head.state.active.includes(stream);
        if (isInUse || freeOf((await load(sku, stream)).state) === 0) return { result: undefined };
        return { result: undefined, command: { type: 'MoveStock', recall: [stream] } };
      });
    },
    async widen(sku, inUse, cause) {
      await inTurn(sku, () =>
        tryOnHead<void>(sku, cause, async ({ state, version }) => {
          const streams = Math.min(MAX_ACTIVE, Math.max(2, 2 * state.active.length));
          const isWorthIt = state.active.length <= inUse && freeOf(state) >= WORTH_A_STREAM * streams;
          if (!isWorthIt) return { result: undefined };
          const usedUp = await usedUpOf(sku, state, version, streams);
          return { result: undefined, command: { type: 'OpenStreams', sku, isListed: true, streams, usedUp } };
        }),
      );
    },
  };
}

/** `undefined`: the streams were not read as they were at one moment, so it decides anew. */
type Decide<Result> = (head: StreamState<StockState>) => Promise<Step<Result> | undefined>;

type AtSight<Result> = (head: StockState) => { readonly result: Result } | undefined;

interface Step<Result> {
  readonly result: Result;
  /** What the head is to do first. */
  readonly command?: StockCommand;
  /** The head decides anew when that is done. */
  readonly isAskedAgain?: boolean;
}

const interrupted = (sku: string): ProcessInterruptedError =>
  new ProcessInterruptedError(`The stock of ${sku} could not be moved: too many others change it`);
