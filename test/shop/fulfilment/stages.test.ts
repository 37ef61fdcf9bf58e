// Every input in every stage: what the process makes of it, what it does next, and what it waits for.
import { expect, it } from 'vitest';
import { type Action, nextAction } from '../../../lambdas/shop/fulfilment/actions.ts';
import { fulfilmentDecider } from '../../../lambdas/shop/fulfilment/decider.ts';
import type { FulfilmentEvent } from '../../../lambdas/shop/fulfilment/events.ts';
import { orderFulfilmentProcess } from '../../../lambdas/shop/fulfilment/process.ts';
import { placesToInspect } from '../../../lambdas/shop/fulfilment/state.ts';
import { isAtRest } from '../../../lambdas/spine/kernel/process-manager.ts';
import { deadline, inputs, order, type StageName, stageNames, stateOf, transactionId } from './stages.ts';

const event = <Type extends FulfilmentEvent['type']>(
  type: Type,
  data: Extract<FulfilmentEvent, { type: Type }>['data'],
) => ({ type, data });
const noted = { cancelled: [event('CancellationNoted', {})] };
const overdue = [event('PaymentOverdue', {})];
const refused = { 'B refused': [event('LineRefused', { sku: 'B' })] };
const released = { 'A released': [event('LineReleased', { sku: 'A', stream: 0 })] };
const taken = { captured: [event('PaymentTaken', { transactionId })] };
const declined = { declined: [event('PaymentRefused', {})] };
const confirmation = event('ConfirmationRecorded', {});
const shipment = event('ShipmentNoted', {});
const finished = { finished: [event('FulfilmentEnded', {})] };
const closed = { closed: [event('PaymentClosed', {})] };
const returned = { returned: [event('PaymentReturned', { transactionId })] };

interface Expected {
  /** The state but for the order, and where its lines were tried. */
  readonly state: Readonly<Record<string, unknown>>;
  readonly next?: Action;
  readonly isAtRest?: boolean;
  /** Where something may be reserved that nobody told of. */
  readonly inspects?: readonly string[];
  /** To any other input it says nothing. */
  readonly says?: { readonly [Name in keyof typeof inputs]?: readonly object[] };
}

const both = ['A', 'B'];
const line = (action: 'reserve-line' | 'find-line' | 'release-line' | 'ship-line', sku: string): Action => ({
  ...{ do: action, sku, stream: 0 },
});
const undoing = (payment: string, reason: object, more: object = { reserved: both }) => ({
  stage: 'undoing',
  payment: ['captured', 'returned'].includes(payment) ? { kind: payment, transactionId } : { kind: payment },
  reason,
  ...more,
});
const byCustomer = { kind: 'cancelled' };
const outOfStock = { kind: 'rejected', code: 'out_of_stock', sku: 'B' };

const paid: Expected = {
  state: { stage: 'confirming', reserved: both, transactionId },
  next: { do: 'confirm-order', transactionId },
  says: { ...noted, ...released, shipped: [confirmation, shipment], confirmed: [confirmation] },
};

const expected: Readonly<Record<StageName, Expected>> = {
  'not started': { state: { stage: 'none' }, isAtRest: true, says: { placed: [event('FulfilmentStarted', order)] } },
  'reserving A': {
    state: { stage: 'reserving', reserved: [] },
    next: line('reserve-line', 'A'),
    inspects: ['A'],
    says: { ...noted, ...refused, 'out of time': overdue },
  },
  'reserving B': {
    state: { stage: 'reserving', reserved: ['A'] },
    next: line('reserve-line', 'B'),
    inspects: ['B'],
    says: { ...noted, ...refused, ...released, 'out of time': overdue },
  },
  paying: {
    state: { stage: 'paying', reserved: both },
    next: { do: 'capture-payment' },
    says: {
      ...{ ...noted, ...taken, ...declined, ...released, 'out of time': overdue, unanswered: overdue },
      pending: [event('PaymentAwaited', { deadline })],
    },
  },
  'awaiting the payment': {
    state: { stage: 'awaiting-payment', reserved: both, deadline },
    says: { ...noted, ...taken, ...declined, ...released, due: overdue, 'out of time': overdue, unanswered: overdue },
  },
  confirming: paid,
  'paid while that was awaited': paid,
  confirmed: {
    state: { stage: 'confirmed', reserved: both, transactionId },
    isAtRest: true,
    says: { ...noted, ...released, shipped: [shipment] },
  },
  shipping: {
    state: { stage: 'shipping', reserved: both },
    next: line('ship-line', 'A'),
    says: { ...released, 'A shipped': [event('LineShipped', { sku: 'A' })] },
  },
  'shipping B': { state: { stage: 'shipping', reserved: ['B'] }, next: line('ship-line', 'B'), inspects: ['A'] },
  'all shipped': {
    state: { stage: 'shipping', reserved: [] },
    next: { do: 'finish' },
    inspects: both,
    says: finished,
  },
  'shipped and ended': { state: { stage: 'ended' }, isAtRest: true, inspects: both },
  'out of stock': {
    state: undoing('closed', outOfStock, { reserved: ['A'] }),
    next: line('release-line', 'A'),
    inspects: ['B'],
    says: { ...taken, ...released },
  },
  'out of stock, all released': {
    state: undoing('closed', outOfStock, { reserved: [] }),
    next: { do: 'reject-order', code: 'out_of_stock', sku: 'B' },
    inspects: both,
    says: { ...taken, ...finished },
  },
  'cancelled while reserving B': {
    state: undoing('closed', byCustomer, { reserved: ['A'], inDoubt: 'B' }),
    next: line('find-line', 'B'),
    inspects: ['B'],
    says: { ...taken, ...released, 'B not found': [event('LineNotFound', { sku: 'B' })] },
  },
  'cancelled while reserving B, which was reserved': {
    state: undoing('closed', byCustomer),
    next: line('release-line', 'B'),
    says: { ...taken, ...released },
  },
  'cancelled while reserving B, which was not': {
    state: undoing('closed', byCustomer, { reserved: ['A'] }),
    next: line('release-line', 'A'),
    inspects: ['B'],
    says: { ...taken, ...released },
  },
  'cancelled while paying': {
    state: undoing('unknown', byCustomer),
    next: { do: 'settle-payment' },
    says: { ...taken, ...released, ...closed },
  },
  'cancelled and not paid': {
    state: undoing('closed', byCustomer),
    next: line('release-line', 'B'),
    says: { ...taken, ...released },
  },
  'cancelled after it was paid': {
    state: undoing('captured', byCustomer),
    next: { do: 'refund-payment', transactionId },
    says: { ...released, ...returned },
  },
  'cancelled and refunded': {
    state: undoing('returned', byCustomer),
    next: line('release-line', 'B'),
    says: released,
  },
  'cancelled and paid after all': {
    state: undoing('captured', byCustomer),
    next: { do: 'refund-payment', transactionId },
    says: { ...released, ...returned },
  },
  'all undone': {
    state: undoing('closed', byCustomer, { reserved: [] }),
    next: { do: 'finish' },
    inspects: both,
    says: { ...taken, ...finished },
  },
  'undone and ended': {
    state: { stage: 'ended', undone: { payment: { kind: 'closed' }, reason: byCustomer } },
    isAtRest: true,
    inspects: both,
    says: taken,
  },
  'undone, ended and paid after all': {
    state: undoing('captured', byCustomer, { reserved: [] }),
    next: { do: 'refund-payment', transactionId },
    inspects: both,
    says: returned,
  },
  declined: {
    state: undoing('closed', { kind: 'rejected', code: 'payment_declined' }),
    next: line('release-line', 'B'),
    says: { ...taken, ...released },
  },
  overdue: {
    state: undoing('unknown', { kind: 'rejected', code: 'payment_timeout' }),
    next: { do: 'settle-payment' },
    says: { ...taken, ...released, ...closed },
  },
};

it.each(stageNames)('an order that is %s', (name) => {
  const state = stateOf(name);
  const { order: _, tries: __, ...rest } = { order: undefined, tries: undefined, ...state };
  const { next, says = {}, isAtRest: rests = false, inspects = [], state: stands } = expected[name];
  expect(rest).toEqual(stands);
  expect(nextAction(state)).toEqual(next);
  expect(isAtRest(orderFulfilmentProcess, state)).toBe(rests);
  expect(placesToInspect(state).map(({ sku }) => sku)).toEqual(inspects);
  for (const [input, heard] of Object.entries(inputs)) {
    const events = says[input as keyof typeof inputs] ?? [];
    expect(fulfilmentDecider.decide(heard, state), input).toEqual({ kind: 'accepted', events });
  }
});
