// Moving stock between the head and another stream, so that nothing is lost or doubled wherever a run dies: the head's event
// begins the transfer, the other stream does its part once by the head's version, and the head settles it. The head has one
// transfer at a time with each stream; so the other needs to know its newest only.
import { accept, type Decision, reject } from '../../spine/kernel/decider.ts';
import type { StockEvent } from './events.ts';
import { freeOf, type PendingTransfer, type StockState } from './state.ts';

export type TransferCommand =
  /**
   * For the head: gives `quantity` to the stream, which may be new, and wants back what the streams in `recall` have free.
   * `settled`: earlier transfers that are known to be done, settled in the same commit.
   */
  | {
      readonly type: 'MoveStock';
      readonly settled?: readonly SettledTransfer[];
      readonly allot?: { readonly to: number; readonly quantity: number };
      readonly recall: readonly number[];
    }
  | { readonly type: 'TakeAllotment'; readonly transfer: number; readonly quantity: number }
  | { readonly type: 'ReturnStock'; readonly transfer: number }
  /** For the head. */
  | { readonly type: 'SettleTransfers'; readonly settled: readonly SettledTransfer[] };

export interface SettledTransfer {
  readonly transfer: number;
  readonly returned: number;
}

export function decideTransfer(command: TransferCommand, state: StockState): Decision<StockEvent> {
  switch (command.type) {
    case 'MoveStock':
      return move(command, state);
    case 'TakeAllotment': {
      const { transfer, quantity } = command;
      return state.done.id >= transfer ? accept() : accept({ type: 'AllotmentTaken', data: { transfer, quantity } });
    }
    case 'ReturnStock': {
      const { transfer } = command;
      return state.done.id >= transfer
        ? accept()
        : accept({ type: 'StockReturned', data: { transfer, quantity: freeOf(state) } });
    }
    case 'SettleTransfers':
      return accept(...pendingOf(command.settled, state).map(asEvent));
    default:
      return command satisfies never;
  }
}

const asEvent = (data: SettledTransfer): StockEvent => ({ type: 'TransferSettled', data });

const pendingOf = (settled: readonly SettledTransfer[], { transfers }: StockState): readonly SettledTransfer[] =>
  settled.filter(({ transfer }) => transfers.some(({ id }) => id === transfer));

function move(
  { settled = [], allot, recall }: Extract<TransferCommand, { type: 'MoveStock' }>,
  state: StockState,
): Decision<StockEvent> {
  const streams = [...recall, ...(allot ? [allot.to] : [])];
  const ended = pendingOf(settled, state);
  const isBusy = ({ id, stream }: PendingTransfer) =>
    streams.includes(stream) && !ended.some(({ transfer }) => transfer === id);
  if (state.transfers.some(isBusy)) {
    return reject('rule', 'transfer_pending', 'A transfer with one of these streams is not settled yet.');
  }
  const free = freeOf(state) + ended.reduce((sum, { returned }) => sum + returned, 0);
  if (allot && allot.quantity > free) {
    return reject('rule', 'out_of_stock', `${allot.quantity} were to be allotted; ${free} are free.`);
  }
  return accept(
    ...ended.map(asEvent),
    ...recall.map((from): StockEvent => ({ type: 'StockRecalled', data: { from } })),
    ...(allot ? [{ type: 'StockAllotted', data: allot } as const] : []),
  );
}
