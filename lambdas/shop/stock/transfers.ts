// Moving stock between the head and another stream, so that nothing is lost or doubled wherever a run dies: the head's event
// begins the transfer, the other stream does its part once by the head's version, and the head settles it. The head has one
// transfer at a time with each stream; so the other needs to know its newest only.
import { accept, type Decision, reject } from '../../spine/kernel/decider.ts';
import type { StockEvent } from './events.ts';
import { freeOf, type StockState } from './state.ts';

export type TransferCommand =
  /** For the head: gives `quantity` to the stream, which may be new, and wants back what the streams in `recall` have free. */
  | {
      readonly type: 'MoveStock';
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
    case 'SettleTransfers': {
      const pending = command.settled.filter(({ transfer }) => state.transfers.some(({ id }) => id === transfer));
      return accept(...pending.map((data): StockEvent => ({ type: 'TransferSettled', data })));
    }
    default:
      return command satisfies never;
  }
}

function move(
  { allot, recall }: Extract<TransferCommand, { type: 'MoveStock' }>,
  state: StockState,
): Decision<StockEvent> {
  const streams = [...recall, ...(allot ? [allot.to] : [])];
  const isBusy = state.transfers.some(({ stream }) => streams.includes(stream));
  if (isBusy) return reject('rule', 'transfer_pending', 'A transfer with one of these streams is not settled yet.');
  if (allot && allot.quantity > freeOf(state)) {
    return reject('rule', 'out_of_stock', `${allot.quantity} were to be allotted; ${freeOf(state)} are free.`);
  }
  return accept(
    ...recall.map((from): StockEvent => ({ type: 'StockRecalled', data: { from } })),
    ...(allot ? [{ type: 'StockAllotted', data: allot } as const] : []),
  );
}
