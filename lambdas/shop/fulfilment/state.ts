// Where an order's fulfilment stands, by stage.
import * as z from 'zod';
import type { RecordedEvent } from '../../spine/kernel/envelope.ts';
import { type FulfilmentEvent, orderToFulfil } from './events.ts';
import { firstTries, letGo, movedTo, placeOf, reservedAt, type Try, tryAt, unsettledTries } from './tries.ts';

/** What is known of the money during compensation. `unknown`: the provider may have taken it. `closed`: it has not. */
const undoPayment = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['unknown', 'closed']) }),
  z.object({ kind: z.enum(['captured', 'returned']), transactionId: z.string() }),
]);

const reason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cancelled') }),
  z.object({ kind: z.literal('rejected'), code: z.string(), sku: z.string().optional() }),
]);

/** Skus of the lines that are reserved for the order, in the stream where each was tried last. */
const reserved = z.array(z.string());
/** `startedAt`: when the fulfilment started; ISO 8601, UTC. */
const order = { order: orderToFulfil.extend({ startedAt: z.string() }), tries: z.array(tryAt) };

export const fulfilmentState = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('none') }),
  z.object({ stage: z.literal('reserving'), ...order, reserved }),
  z.object({ stage: z.literal('paying'), ...order, reserved }),
  z.object({ stage: z.literal('awaiting-payment'), ...order, reserved, deadline: z.string() }),
  z.object({ stage: z.literal('confirming'), ...order, reserved, transactionId: z.string() }),
  z.object({ stage: z.literal('confirmed'), ...order, reserved, transactionId: z.string() }),
  z.object({ stage: z.literal('shipping'), ...order, reserved }),
  /** An ended fulfilment returns to this stage when a late capture turns up. */
  z.object({
    stage: z.literal('undoing'),
    ...order,
    reserved,
    /** The line that was being reserved. A run that died may have reserved it. */
    inDoubt: z.string().optional(),
    payment: undoPayment,
    reason,
  }),
  z.object({ stage: z.literal('ended'), ...order, undone: z.object({ payment: undoPayment, reason }).optional() }),
]);

export type FulfilmentState = z.infer<typeof fulfilmentState>;
export type Stage<Name extends FulfilmentState['stage']> = Extract<FulfilmentState, { stage: Name }>;
type Started = Exclude<FulfilmentState, { stage: 'none' }>;
type Undoing = Stage<'undoing'>;

export const notStarted: FulfilmentState = { stage: 'none' };

export function evolveFulfilment(
  state: FulfilmentState,
  event: FulfilmentEvent | RecordedEvent<FulfilmentEvent>,
): FulfilmentState {
  if (event.type === 'FulfilmentStarted') {
    const startedAt = 'time' in event ? event.time : '';
    const started = { ...event.data, startedAt };
    return { stage: 'reserving', order: started, tries: firstTries(started), reserved: [] };
  }
  if (state.stage === 'none') throw new RangeError(`${event.type} before FulfilmentStarted`);
  return evolveStarted(state, event);
}

function evolveStarted(
  state: Started,
  event: Exclude<FulfilmentEvent, { type: 'FulfilmentStarted' }>,
): FulfilmentState {
  const { order: ordered, tries } = state;
  const held = 'reserved' in state ? state.reserved : [];
  switch (event.type) {
    case 'LineReserved':
      return lineReserved(state, event.data);
    case 'LineMoved':
      return { ...state, tries: movedTo(tries, event.data) };
    case 'LineRefused':
      return { ...undo(state, { kind: 'rejected', code: 'out_of_stock', sku: event.data.sku }), inDoubt: undefined };
    case 'PaymentAwaited':
      return { stage: 'awaiting-payment', order: ordered, tries, reserved: held, deadline: event.data.deadline };
    case 'PaymentOverdue':
      return undo(state, { kind: 'rejected', code: 'payment_timeout' });
    case 'PaymentTaken':
      return paymentTaken(state, event.data.transactionId);
    case 'PaymentRefused':
      return { ...undo(state, { kind: 'rejected', code: 'payment_declined' }), payment: { kind: 'closed' } };
    case 'CancellationNoted':
      return undo(state, { kind: 'cancelled' });
    case 'PaymentClosed':
      return state.stage === 'undoing' ? { ...state, payment: { kind: 'closed' } } : state;
    case 'PaymentReturned':
      return state.stage === 'undoing' ? { ...state, payment: { kind: 'returned', ...event.data } } : state;
    case 'LineNotFound':
      return state.stage === 'undoing' ? { ...state, inDoubt: undefined } : state;
    case 'LineReleased':
      return lineEnded(state, event.data.sku, event.data.stream);
    case 'LineShipped':
      return lineEnded(state, event.data.sku, placeOf(tries, event.data.sku));
    case 'ConfirmationRecorded':
      return state.stage === 'confirming' ? { ...state, stage: 'confirmed' } : state;
    case 'ShipmentNoted':
      return { stage: 'shipping', order: ordered, tries, reserved: held };
    case 'FulfilmentEnded':
      return ended(state);
    default:
      return event satisfies never;
  }
}

/** A reservation counts only in the stream where the line is being tried, while it is. Any other is a stray. */
function lineReserved(
  state: Started,
  { sku, stream, version }: { readonly sku: string; readonly stream: number; readonly version: number },
): FulfilmentState {
  const tries = reservedAt(state.tries, { sku, stream, version });
  const isInPlace = placeOf(state.tries, sku) === stream;
  if (isInPlace && state.stage === 'undoing' && state.inDoubt === sku) {
    return { ...state, tries, reserved: [...state.reserved, sku], inDoubt: undefined };
  }
  if (!isInPlace || state.stage !== 'reserving' || state.reserved.includes(sku)) return { ...state, tries };
  const reservedNow = [...state.reserved, sku];
  const isLast = reservedNow.length === state.order.lines.length;
  return { ...state, stage: isLast ? 'paying' : 'reserving', tries, reserved: reservedNow };
}

function lineEnded(state: Started, sku: string, stream: number): FulfilmentState {
  const tries = letGo(state.tries, { sku, stream });
  if (!('reserved' in state) || placeOf(tries, sku) !== stream) return { ...state, tries };
  return { ...state, tries, reserved: state.reserved.filter((each) => each !== sku) };
}

function paymentTaken(state: Started, transactionId: string): FulfilmentState {
  if (state.stage === 'paying' || state.stage === 'awaiting-payment') {
    const { order: ordered, tries, reserved: held } = state;
    return { stage: 'confirming', order: ordered, tries, reserved: held, transactionId };
  }
  return { ...reopened(state), payment: { kind: 'captured', transactionId } };
}

const ended = (state: Started): Stage<'ended'> => {
  const { order: ordered, tries } = state;
  if (state.stage !== 'undoing') return { stage: 'ended', order: ordered, tries };
  return { stage: 'ended', order: ordered, tries, undone: { payment: state.payment, reason: state.reason } };
};

/** Takes up compensation again when there turns out to be more to undo. */
function reopened(state: Started): Undoing {
  if (state.stage === 'undoing') return state;
  if (state.stage === 'ended' && state.undone)
    return { stage: 'undoing', order: state.order, tries: state.tries, reserved: [], ...state.undone };
  throw new RangeError(`Nothing is undone in a fulfilment that is ${state.stage}`);
}

function undo(state: Started, why: Undoing['reason']): Undoing {
  const payment: Undoing['payment'] =
    'transactionId' in state
      ? { kind: 'captured', transactionId: state.transactionId }
      : { kind: state.stage === 'reserving' ? 'closed' : 'unknown' };
  const held = 'reserved' in state ? state.reserved : [];
  const { order: ordered, tries } = state;
  const inDoubt = lineInDoubt(state);
  return { stage: 'undoing', order: ordered, tries, reserved: held, inDoubt, payment, reason: why };
}

/** A line whose reservation was sent but not confirmed: a run that died may have made it. */
const lineInDoubt = (state: Started): string | undefined =>
  state.stage === 'reserving' ? state.order.lines.find(({ sku }) => !state.reserved.includes(sku))?.sku : undefined;

/** A reservation that a concurrent run made beside the one that counts, or that was made after the order had ended. */
export const strayOf = (state: Started): Try | undefined =>
  state.tries.find(
    ({ sku, stream, isHeld }) => isHeld && !(isReserved(state, sku) && placeOf(state.tries, sku) === stream),
  );

const isReserved = (state: Started, sku: string): boolean => 'reserved' in state && state.reserved.includes(sku);

/** Where a run may have reserved something without recording it. */
export const placesToInspect = (state: FulfilmentState): readonly Try[] =>
  state.stage === 'none' ? [] : unsettledTries(state.order, state.tries);
