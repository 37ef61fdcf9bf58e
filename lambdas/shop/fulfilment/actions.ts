// What the process does next. Compensation runs in reverse order: the money first, then the lines from the last to the first.
import { type FulfilmentState, type Stage, strayOf } from './state.ts';
import { placeOf } from './tries.ts';

/** `find-line`: checks whether a run that died has reserved the line. */
export type StockAction = 'reserve-line' | 'find-line' | 'release-line' | 'ship-line';

export type Action =
  /** `stream`: number of the product's stock stream. */
  | { readonly do: StockAction; readonly sku: string; readonly stream: number }
  | { readonly do: 'capture-payment' | 'settle-payment' | 'finish' }
  | { readonly do: 'confirm-order' | 'refund-payment'; readonly transactionId: string }
  | { readonly do: 'reject-order'; readonly code: string; readonly sku?: string | undefined };

/** `undefined` while the process waits for somebody else. */
export function nextAction(state: FulfilmentState): Action | undefined {
  if (state.stage === 'none') return undefined;
  const stray = strayOf(state);
  if (stray) return { do: 'release-line', sku: stray.sku, stream: stray.stream };
  switch (state.stage) {
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
      return sku === undefined ? { do: 'finish' } : onLine('ship-line', sku, state);
    }
    case 'undoing':
      return undoNext(state);
    default:
      return state satisfies never;
  }
}

const onLine = (action: StockAction, sku: string, { tries }: Stage<'reserving' | 'shipping' | 'undoing'>): Action => ({
  do: action,
  sku,
  stream: placeOf(tries, sku),
});

function reserveNext(state: Stage<'reserving'>): Action | undefined {
  const next = state.order.lines.find(({ sku }) => !state.reserved.includes(sku));
  return next && onLine('reserve-line', next.sku, state);
}

function undoNext(state: Stage<'undoing'>): Action {
  const { payment, reserved, inDoubt, reason } = state;
  if (payment.kind === 'unknown') return { do: 'settle-payment' };
  if (payment.kind === 'captured') return { do: 'refund-payment', transactionId: payment.transactionId };
  if (inDoubt !== undefined) return onLine('find-line', inDoubt, state);
  const last = reserved.at(-1);
  if (last !== undefined) return onLine('release-line', last, state);
  return reason.kind === 'rejected' ? { do: 'reject-order', code: reason.code, sku: reason.sku } : { do: 'finish' };
}
