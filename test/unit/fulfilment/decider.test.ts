// What the process makes of what two of its runs say at once.
import { expect, it } from 'vitest';
import { fulfilmentDecider } from '../../../lambdas/domain/fulfilment/decider.ts';
import type { FulfilmentEvent } from '../../../lambdas/domain/fulfilment/events.ts';
import { given } from '../../support/given.ts';

const line = (sku: string) => ({ sku, name: sku, quantity: 1, unitPrice: 5 });
const started = {
  type: 'FulfilmentStarted',
  data: {
    orderId: 'O',
    customerId: 'c',
    paymentToken: 'tok_ok',
    lines: [line('A'), line('B')],
    total: 10,
    currency: 'EUR',
  },
} as unknown as FulfilmentEvent;
const reserved = (sku: string): FulfilmentEvent => ({ type: 'LineReserved', data: { sku } });
const cancelled: FulfilmentEvent = { type: 'CancellationNoted', data: {} };
const released = (sku: string): FulfilmentEvent => ({ type: 'LineReleased', data: { sku } });
const fulfilment = given(fulfilmentDecider);

it('takes note of a reservation that another run tells of while it is being undone, so that its story is whole', () => {
  const told = fulfilment(started, reserved('A'), cancelled).when({ type: 'LineReserved', sku: 'B' });
  expect(told).toEqual({ kind: 'accepted', events: [reserved('B')] });
});

it.each([
  ['was told of before', [reserved('A'), cancelled], 'A'],
  ['was told of before the cancellation was noted', [cancelled, reserved('A')], 'A'],
  ['was told of and released', [cancelled, reserved('A'), released('A'), reserved('A')], 'A'],
])('takes no note of a reservation that %s', (_, events, sku) => {
  expect(fulfilment(started, ...events).when({ type: 'LineReserved', sku })).toEqual({ kind: 'accepted', events: [] });
});

it('releases a line once, however often its reservation was told of', () => {
  const state = [started, cancelled, reserved('A')].reduce(fulfilmentDecider.evolve, fulfilmentDecider.initialState);
  expect(state).toMatchObject({ stage: 'undoing', reserved: ['A'] });
});

it.each([
  ['money that was taken meanwhile', [{ type: 'PaymentTaken', data: { transactionId: 't' } }]],
  ['a line that was reserved meanwhile', [reserved('B')]],
] as const)('does not end while there is %s to undo', (_, meanwhile) => {
  const undoing = [started, reserved('A'), cancelled, released('A'), ...meanwhile];
  expect(fulfilment(...undoing).when({ type: 'Finished' })).toEqual({ kind: 'accepted', events: [] });
});

it('takes no note of a reservation after its end: the run that tells of it may die, and nobody else would undo it', () => {
  const ended = [started, cancelled, reserved('A'), released('A'), { type: 'FulfilmentEnded', data: {} } as const];
  const told = fulfilment(...ended).when({ type: 'LineReserved', sku: 'A' });
  expect(told).toEqual({ kind: 'accepted', events: [] });
});
