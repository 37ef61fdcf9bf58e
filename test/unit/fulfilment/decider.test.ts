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
