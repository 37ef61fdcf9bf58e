// The process manager's own decisions: which events it records for its inputs and for the outcomes of its actions. An input
// that comes twice, late or out of order changes nothing.
import { accept, type Decider, type Decision } from '../../spine/kernel/decider.ts';
import { type FulfilmentEvent, fulfilmentEvents } from './events.ts';
import { evolveFulfilment, type FulfilmentState, fulfilmentState, notStarted, strayOf } from './state.ts';
import { placeOf, tryOf } from './tries.ts';

type Data<Type extends FulfilmentEvent['type']> = Extract<FulfilmentEvent, { type: Type }>['data'];

export type FulfilmentInput =
  | { readonly type: 'OrderPlaced'; readonly order: Data<'FulfilmentStarted'> }
  | { readonly type: 'OrderCancelled' }
  | { readonly type: 'OrderShipped' }
  | { readonly type: 'PaymentCaptured'; readonly transactionId: string }
  | { readonly type: 'PaymentDeclined' }
  /** A timer rang at `now`. A fulfilment that started at `startedBefore` or earlier has run out of time. Both ISO 8601, UTC. */
  | { readonly type: 'TimerRang'; readonly now: string; readonly startedBefore: string }
  /** `stream`: number of the stock stream. `version`: of the event there that reserved or released the line. */
  | {
      readonly type: 'LineReserved' | 'LineReleased';
      readonly sku: string;
      readonly stream: number;
      readonly version: number;
    }
  | { readonly type: 'LineMoved'; readonly sku: string; readonly from: number; readonly to: number }
  | { readonly type: 'LineRefused' | 'LineNotFound'; readonly sku: string; readonly stream: number }
  | { readonly type: 'LineShipped'; readonly sku: string }
  | { readonly type: 'PaymentPending'; readonly deadline: string }
  /** The request is too old to be repeated, and the provider knows of no payment. */
  | { readonly type: 'PaymentUnanswered' }
  | { readonly type: 'PaymentClosed' | 'OrderConfirmed' | 'Finished' }
  | { readonly type: 'PaymentReturned'; readonly transactionId: string };

export const fulfilmentDecider: Decider<FulfilmentInput, FulfilmentEvent, FulfilmentState> = {
  category: 'fulfilment',
  codec: fulfilmentEvents,
  generation: 4,
  stateSchema: fulfilmentState,
  initialState: notStarted,
  evolve: evolveFulfilment,
  decide(input, state) {
    if (input.type === 'OrderPlaced') {
      return state.stage === 'none' ? accept({ type: 'FulfilmentStarted', data: input.order }) : accept();
    }
    return state.stage === 'none' ? accept() : decideStarted(input, state);
  },
};

type Started = Exclude<FulfilmentState, { stage: 'none' }>;

const only = <Type extends FulfilmentEvent['type']>(
  applies: boolean,
  type: Type,
  data: Data<Type>,
): Decision<FulfilmentEvent> => (applies ? accept({ type, data } as FulfilmentEvent) : accept());

/** Stages in which the order may still be cancelled or refused. */
const OPEN: readonly string[] = ['reserving', 'paying', 'awaiting-payment', 'confirming', 'confirmed'];

function decideStarted(
  input: Exclude<FulfilmentInput, { type: 'OrderPlaced' }>,
  state: Started,
): Decision<FulfilmentEvent> {
  const { stage } = state;
  const held = 'reserved' in state ? state.reserved : [];
  const isPaying = stage === 'paying' || stage === 'awaiting-payment';
  switch (input.type) {
    case 'OrderCancelled':
      return only(OPEN.includes(stage), 'CancellationNoted', {});
    case 'OrderShipped':
      return shipped(state);
    case 'PaymentCaptured':
      return captured(input.transactionId, state);
    case 'PaymentDeclined':
      return only(isPaying, 'PaymentRefused', {});
    case 'TimerRang':
      return only(isOverdue(state, input), 'PaymentOverdue', {});
    case 'PaymentUnanswered':
      return only(isPaying, 'PaymentOverdue', {});
    case 'LineReserved': {
      const { sku, stream, version } = input;
      const { isHeld, version: told } = tryOf(state.tries, { sku, stream });
      // Of a reservation that stands somebody else has ended the one before it: that is told first.
      const isEarly = isHeld && version > told;
      const isNews = !isEarly && (isTriedAt(state, input) || version > told);
      return only(isNews, 'LineReserved', { sku, stream, version });
    }
    case 'LineMoved': {
      const { sku, from, to } = input;
      return only(isTriedAt(state, { sku, stream: from }), 'LineMoved', { sku, stream: to });
    }
    case 'LineRefused':
      return only(isTriedAt(state, input), 'LineRefused', { sku: input.sku });
    case 'LineNotFound':
      return only(stage === 'undoing' && state.inDoubt === input.sku, 'LineNotFound', { sku: input.sku });
    case 'LineReleased': {
      const { sku, stream, version } = input;
      const { isHeld, version: reserved } = tryOf(state.tries, { sku, stream });
      return only(isHeld && reserved < version, 'LineReleased', { sku, stream });
    }
    case 'LineShipped':
      return only(stage === 'shipping' && held.includes(input.sku), 'LineShipped', { sku: input.sku });
    case 'PaymentPending':
      return only(stage === 'paying', 'PaymentAwaited', { deadline: input.deadline });
    case 'PaymentClosed':
      return only(stage === 'undoing' && state.payment.kind === 'unknown', 'PaymentClosed', {});
    case 'PaymentReturned': {
      const { transactionId } = input;
      return only(stage === 'undoing' && state.payment.kind === 'captured', 'PaymentReturned', { transactionId });
    }
    case 'OrderConfirmed':
      return only(stage === 'confirming', 'ConfirmationRecorded', {});
    case 'Finished':
      return only(isDone(state), 'FulfilmentEnded', {});
    default:
      return input satisfies never;
  }
}

/**
 * A payment is late when its answer has not come by its deadline, or when the fulfilment runs out of time without the money.
 * Once the money is there, only the confirmation is missing. It may have been given already, so it is tried until that is
 * known.
 */
const isOverdue = (state: Started, { now, startedBefore }: { now: string; startedBefore: string }): boolean =>
  (state.stage === 'awaiting-payment' && state.deadline <= now) ||
  (['reserving', 'paying', 'awaiting-payment'].includes(state.stage) && state.order.startedAt <= startedBefore);

/** Whether the line is being reserved, and in that stream. */
const isTriedAt = (state: Started, { sku, stream }: { readonly sku: string; readonly stream: number }): boolean =>
  state.stage === 'reserving' && !state.reserved.includes(sku) && placeOf(state.tries, sku) === stream;

/** Another run may have recorded a capture or a reservation since the last step. That has to be undone first. */
const isDone = (state: Started): boolean =>
  (state.stage === 'shipping' || (state.stage === 'undoing' && isPaymentUndone(state))) &&
  state.reserved.length === 0 &&
  strayOf(state) === undefined;

const isPaymentUndone = ({ payment, inDoubt }: Extract<Started, { stage: 'undoing' }>): boolean =>
  ['closed', 'returned'].includes(payment.kind) && inDoubt === undefined;

/** Only a confirmed order can be shipped, so hearing of the shipment first tells of the confirmation too. */
function shipped({ stage }: Started): Decision<FulfilmentEvent> {
  const noted: FulfilmentEvent = { type: 'ShipmentNoted', data: {} };
  if (stage === 'confirming') return accept<FulfilmentEvent>({ type: 'ConfirmationRecorded', data: {} }, noted);
  return stage === 'confirmed' ? accept(noted) : accept();
}

function captured(transactionId: string, state: Started): Decision<FulfilmentEvent> {
  const isWelcome = state.stage === 'paying' || state.stage === 'awaiting-payment';
  const undone =
    state.stage === 'undoing' ? state.payment : state.stage === 'ended' ? state.undone?.payment : undefined;
  const isLate = undone?.kind === 'unknown' || undone?.kind === 'closed';
  return only(isWelcome || isLate, 'PaymentTaken', { transactionId });
}
