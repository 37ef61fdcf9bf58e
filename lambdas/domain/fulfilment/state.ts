// Where an order's fulfilment stands, by stage.
import * as z from 'zod';
import type { RecordedEvent } from '../../kernel/envelope.ts';
import { type FulfilmentEvent, orderToFulfil } from './events.ts';

/** What is known of the money while everything is undone. `unknown`: the provider may have taken it; `closed`: it has not. */
const undoPayment = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['unknown', 'closed']) }),
  z.object({ kind: z.enum(['captured', 'returned']), transactionId: z.string() }),
]);

const reason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cancelled') }),
  z.object({ kind: z.literal('rejected'), code: z.string(), sku: z.string().optional() }),
]);

const reserved = z.array(z.string());
/** `startedAt`: when the fulfilment was; ISO 8601, UTC. */
const order = { order: orderToFulfil.extend({ startedAt: z.string() }) };

export const fulfilmentState = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('none') }),
  z.object({ stage: z.literal('reserving'), ...order, reserved }),
  z.object({ stage: z.literal('paying'), ...order, reserved }),
  z.object({ stage: z.literal('awaiting-payment'), ...order, reserved, deadline: z.string() }),
  z.object({ stage: z.literal('confirming'), ...order, reserved, transactionId: z.string() }),
  z.object({ stage: z.literal('confirmed'), ...order, reserved, transactionId: z.string() }),
  z.object({ stage: z.literal('shipping'), ...order, reserved }),
  /** Also what an ended fulfilment goes back to when a late capture turns up. */
  z.object({
    stage: z.literal('undoing'),
    ...order,
    reserved,
    /** The reserved line of which nobody has said so: a run that died may have reserved it, or one that goes on may yet say. */
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
    return { stage: 'reserving', order: { ...event.data, startedAt }, reserved: [] };
  }
  if (state.stage === 'none') throw new RangeError(`${event.type} before FulfilmentStarted`);
  return evolveStarted(state, event);
}

function evolveStarted(
  state: Started,
  event: Exclude<FulfilmentEvent, { type: 'FulfilmentStarted' }>,
): FulfilmentState {
  const { order: ordered } = state;
  const held = 'reserved' in state ? state.reserved : [];
  switch (event.type) {
    case 'LineReserved':
      return lineReserved(state, [...held, event.data.sku]);
    case 'LineRefused':
      return undo(state, { kind: 'rejected', code: 'out_of_stock', sku: event.data.sku });
    case 'PaymentAwaited':
      return { stage: 'awaiting-payment', order: ordered, reserved: held, deadline: event.data.deadline };
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
    case 'LineReleased':
    case 'LineShipped':
      return 'reserved' in state ? { ...state, reserved: held.filter((sku) => sku !== event.data.sku) } : state;
    case 'ConfirmationRecorded':
      return state.stage === 'confirming' ? { ...state, stage: 'confirmed' } : state;
    case 'ShipmentNoted':
      return { stage: 'shipping', order: ordered, reserved: held };
    case 'FulfilmentEnded':
      return ended(state);
    default:
      return event satisfies never;
  }
}

function lineReserved(state: Started, reservedNow: string[]): FulfilmentState {
  if (state.stage !== 'reserving') {
    return { ...reopened(state), reserved: [...new Set(reservedNow)], inDoubt: undefined };
  }
  const isLast = reservedNow.length === state.order.lines.length;
  return { ...state, stage: isLast ? 'paying' : 'reserving', reserved: reservedNow };
}

function paymentTaken(state: Started, transactionId: string): FulfilmentState {
  if (state.stage === 'paying' || state.stage === 'awaiting-payment') {
    return { stage: 'confirming', order: state.order, reserved: state.reserved, transactionId };
  }
  return { ...reopened(state), payment: { kind: 'captured', transactionId } };
}

const ended = (state: Started): Stage<'ended'> =>
  state.stage === 'undoing'
    ? { stage: 'ended', order: state.order, undone: { payment: state.payment, reason: state.reason } }
    : { stage: 'ended', order: state.order };

/** What a fulfilment becomes when it was undone and there turns out to be more to undo. */
function reopened(state: Started): Undoing {
  if (state.stage === 'undoing') return state;
  if (state.stage === 'ended' && state.undone)
    return { stage: 'undoing', order: state.order, reserved: [], ...state.undone };
  throw new RangeError(`Nothing is undone in a fulfilment that is ${state.stage}`);
}

function undo(state: Started, why: Undoing['reason']): Undoing {
  const payment: Undoing['payment'] =
    'transactionId' in state
      ? { kind: 'captured', transactionId: state.transactionId }
      : { kind: state.stage === 'reserving' ? 'closed' : 'unknown' };
  const held = 'reserved' in state ? state.reserved : [];
  const inDoubt = lineInDoubt(state);
  const reservedOrInDoubt = inDoubt === undefined ? held : [...held, inDoubt];
  return { stage: 'undoing', order: state.order, reserved: reservedOrInDoubt, inDoubt, payment, reason: why };
}

/**
 * The line whose reservation may be on its way: a run that died may have made it and not said so. A refused line is in doubt
 * too, for another run may have asked again after stock arrived.
 */
const lineInDoubt = (state: Started): string | undefined =>
  state.stage === 'reserving' ? state.order.lines.find(({ sku }) => !state.reserved.includes(sku))?.sku : undefined;

/** Nothing is left to do until somebody else does something, however long that takes: nobody has to watch over it. */
export const isAtRest = ({ stage }: FulfilmentState): boolean =>
  stage === 'none' || stage === 'confirmed' || stage === 'ended';
