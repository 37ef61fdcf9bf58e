// An order of A and B in every stage that its fulfilment can be in, and all that it can hear there.
import { type FulfilmentInput, fulfilmentDecider } from '../../../lambdas/shop/fulfilment/decider.ts';
import type { FulfilmentEvent } from '../../../lambdas/shop/fulfilment/events.ts';
import type { FulfilmentState } from '../../../lambdas/shop/fulfilment/state.ts';

export const startedAt = '2026-01-01T00:00:00.000Z';
export const deadline = '2026-01-01T00:20:00.000Z';
export const transactionId = 't';
export const order = {
  orderId: 'O',
  lines: [
    { sku: 'A', quantity: 1 },
    { sku: 'B', quantity: 2 },
  ],
  total: 15,
  currency: 'EUR',
  paymentToken: 'tok_ok',
};

const event = <Type extends FulfilmentEvent['type']>(
  type: Type,
  data: Extract<FulfilmentEvent, { type: Type }>['data'],
): FulfilmentEvent => ({ type, data }) as FulfilmentEvent;

const started: FulfilmentEvent = Object.assign(event('FulfilmentStarted', order), { time: startedAt });
const reservedA = event('LineReserved', { sku: 'A', stream: 0, version: 1 });
const reservedB = event('LineReserved', { sku: 'B', stream: 0, version: 1 });
const releasedA = event('LineReleased', { sku: 'A', stream: 0 });
const releasedB = event('LineReleased', { sku: 'B', stream: 0 });
const cancelled = event('CancellationNoted', {});
const closed = event('PaymentClosed', {});
const taken = event('PaymentTaken', { transactionId });
const returned = event('PaymentReturned', { transactionId });
const shippedA = event('LineShipped', { sku: 'A' });
const shippedB = event('LineShipped', { sku: 'B' });
const end = event('FulfilmentEnded', {});

const paying = [started, reservedA, reservedB];
const awaiting = [...paying, event('PaymentAwaited', { deadline })];
const confirming = [...paying, taken];
const confirmed = [...confirming, event('ConfirmationRecorded', {})];
const shipping = [...confirmed, event('ShipmentNoted', {})];
const refused = [started, reservedA, event('LineRefused', { sku: 'B' })];
const paidFor = [...confirmed, cancelled];
const unpaid = [...paying, cancelled, closed];
const undone = [...unpaid, releasedB, releasedA];

export const stages = {
  'not started': [],
  'reserving A': [started],
  'reserving B': [started, reservedA],
  paying,
  'awaiting the payment': awaiting,
  confirming,
  'paid while that was awaited': [...awaiting, taken],
  confirmed,
  shipping,
  'shipping B': [...shipping, shippedA],
  'all shipped': [...shipping, shippedA, shippedB],
  'shipped and ended': [...shipping, shippedA, shippedB, end],
  'out of stock': refused,
  'out of stock, all released': [...refused, releasedA],
  'cancelled while reserving B': [started, reservedA, cancelled],
  'cancelled while reserving B, which was reserved': [started, reservedA, cancelled, reservedB],
  'cancelled while reserving B, which was not': [started, reservedA, cancelled, event('LineNotFound', { sku: 'B' })],
  'cancelled while paying': [...paying, cancelled],
  'cancelled and not paid': unpaid,
  'cancelled after it was paid': paidFor,
  'cancelled and refunded': [...paidFor, returned],
  'cancelled and paid after all': [...unpaid, taken],
  'all undone': undone,
  'undone and ended': [...undone, end],
  'undone, ended and paid after all': [...undone, end, taken],
  declined: [...paying, event('PaymentRefused', {})],
  overdue: [...awaiting, event('PaymentOverdue', {})],
} satisfies Record<string, readonly FulfilmentEvent[]>;

export type StageName = keyof typeof stages;
export const stageNames = Object.keys(stages) as StageName[];

export const stateOf = (stage: StageName): FulfilmentState =>
  stages[stage].reduce<FulfilmentState>(fulfilmentDecider.evolve, fulfilmentDecider.initialState);

const longBefore = '2025-12-31T23:59:59.999Z';

/** All that the process can hear. */
export const inputs = {
  placed: { type: 'OrderPlaced', order },
  cancelled: { type: 'OrderCancelled' },
  shipped: { type: 'OrderShipped' },
  captured: { type: 'PaymentCaptured', transactionId },
  declined: { type: 'PaymentDeclined' },
  early: { type: 'TimerRang', now: '2026-01-01T00:19:59.999Z', startedBefore: longBefore },
  due: { type: 'TimerRang', now: deadline, startedBefore: longBefore },
  'out of time': { type: 'TimerRang', now: startedAt, startedBefore: startedAt },
  unanswered: { type: 'PaymentUnanswered' },
  pending: { type: 'PaymentPending', deadline },
  closed: { type: 'PaymentClosed' },
  returned: { type: 'PaymentReturned', transactionId },
  confirmed: { type: 'OrderConfirmed' },
  finished: { type: 'Finished' },
  'B refused': { type: 'LineRefused', sku: 'B', stream: 0 },
  'B not found': { type: 'LineNotFound', sku: 'B', stream: 0 },
  'A shipped': { type: 'LineShipped', sku: 'A' },
  'A released': { type: 'LineReleased', sku: 'A', stream: 0, version: 2 },
} satisfies Record<string, FulfilmentInput>;
