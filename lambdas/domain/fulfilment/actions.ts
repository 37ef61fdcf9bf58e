// What the process does next. Compensation runs in reverse order: the money first, then the lines from the last to the first.
import type { FulfilmentState, Stage } from './state.ts';

export type Action =
  | { readonly do: 'reserve-line' | 'release-line' | 'ship-line'; readonly sku: string }
  | { readonly do: 'capture-payment' | 'settle-payment' | 'finish' }
  | { readonly do: 'confirm-order' | 'refund-payment'; readonly transactionId: string }
  | { readonly do: 'reject-order'; readonly code: string; readonly sku?: string | undefined };

/** `undefined` while the process waits for somebody else. */
export function nextAction(state: FulfilmentState): Action | undefined {
  switch (state.stage) {
    case 'none':
    case 'awaiting-payment':
    case 'confirmed':
    case 'ended':
      return undefined;
    case 'reserving':
      return reserveNext(state);
    case 'paying':
      return { do: 'capture-payment' };
    case 'confirming':
      return { do: 'confirm-order', transactionId: state.transactionId };
    case 'shipping': {
      const [sku] = state.reserved;
      return sku === undefined ? { do: 'finish' } : { do: 'ship-line', sku };
    }
    case 'undoing':
      return undoNext(state);
    default:
      return state satisfies never;
  }
}

function reserveNext({ order, reserved }: Stage<'reserving'>): Action | undefined {
  const next = order.lines.find(({ sku }) => !reserved.includes(sku));
  return next && { do: 'reserve-line', sku: next.sku };
}

function undoNext({ payment, reserved, reason }: Stage<'undoing'>): Action {
  if (payment.kind === 'unknown') return { do: 'settle-payment' };
  if (payment.kind === 'captured') return { do: 'refund-payment', transactionId: payment.transactionId };
  const last = reserved.at(-1);
  if (last !== undefined) return { do: 'release-line', sku: last };
  return reason.kind === 'rejected' ? { do: 'reject-order', code: reason.code, sku: reason.sku } : { do: 'finish' };
}
