// What the process makes of what two of its runs say at once.
import { expect, it } from 'vitest';
import { nextAction } from '../../../lambdas/shop/fulfilment/actions.ts';
import { fulfilmentDecider } from '../../../lambdas/shop/fulfilment/decider.ts';
import type { FulfilmentEvent } from '../../../lambdas/shop/fulfilment/events.ts';
import { orderFulfilmentProcess } from '../../../lambdas/shop/fulfilment/process.ts';
import { type FulfilmentState, placesToInspect } from '../../../lambdas/shop/fulfilment/state.ts';
import { isAtRest } from '../../../lambdas/spine/kernel/process-manager.ts';
import { given } from '../../../lambdas/spine/testing/given.ts';

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
const at = (sku: string, version = 1, stream = 0) => ({ sku, stream, version });
const reserved = (sku: string, version = 1, stream = 0): FulfilmentEvent => ({
  type: 'LineReserved',
  data: at(sku, version, stream),
});
const cancelled: FulfilmentEvent = { type: 'CancellationNoted', data: {} };
const released = (sku: string, stream = 0): FulfilmentEvent => ({ type: 'LineReleased', data: { sku, stream } });
const moved = (sku: string, stream: number): FulfilmentEvent => ({ type: 'LineMoved', data: { sku, stream } });
const notFound: FulfilmentEvent = { type: 'LineNotFound', data: { sku: 'B' } };
const fulfilment = given(fulfilmentDecider);
const nothing = { kind: 'accepted', events: [] };
const stateAfter = (...events: FulfilmentEvent[]) =>
  events.reduce<FulfilmentState>(fulfilmentDecider.evolve, fulfilmentDecider.initialState);

it('takes note of a reservation that another run tells of while it is being undone, so that its story is whole', () => {
  const told = fulfilment(started, reserved('A'), cancelled).when({ type: 'LineReserved', ...at('B') });
  expect(told).toEqual({ kind: 'accepted', events: [reserved('B')] });
});

it.each([
  ['was told of before', [reserved('A'), cancelled], 'A'],
  ['was told of before the cancellation was noted', [cancelled, reserved('A')], 'A'],
  ['was told of and released', [cancelled, reserved('A'), released('A')], 'A'],
])('takes no note of a reservation that %s', (_, events, sku) => {
  expect(fulfilment(started, ...events).when({ type: 'LineReserved', ...at(sku) })).toEqual(nothing);
});

it('releases what was reserved anew after it was released, whenever that is told of', () => {
  const ended = [started, cancelled, reserved('A'), released('A'), { type: 'FulfilmentEnded', data: {} } as const];
  const told = fulfilment(...ended).when({ type: 'LineReserved', ...at('A', 7) });
  expect(told).toEqual({ kind: 'accepted', events: [reserved('A', 7)] });
  const state = stateAfter(...ended, reserved('A', 7));
  expect(isAtRest(orderFulfilmentProcess, state)).toBe(false);
  expect(nextAction(state)).toEqual({ do: 'release-line', sku: 'A', stream: 0 });
  expect(isAtRest(orderFulfilmentProcess, stateAfter(...ended, reserved('A', 7), released('A')))).toBe(true);
});

it('keeps one reservation of a line that two runs reserved in two streams, and releases the other', () => {
  const twice = [started, moved('A', 2), reserved('A', 4, 2), reserved('A', 9, 0)];
  const state = stateAfter(...twice);
  expect(nextAction(state)).toEqual({ do: 'release-line', sku: 'A', stream: 0 });
  expect(nextAction(stateAfter(...twice, released('A')))).toEqual({ do: 'reserve-line', sku: 'B', stream: 0 });
});

it('takes no note of a release that came before the reservation there was made anew', () => {
  const anew = fulfilment(started, cancelled, reserved('A', 4), released('A'), reserved('A', 9));
  expect(anew.when({ type: 'LineReleased', ...at('A', 6) })).toEqual(nothing);
  expect(anew.when({ type: 'LineReleased', ...at('A', 11) })).toEqual({ kind: 'accepted', events: [released('A')] });
});

it('moves a line on from where it is tried, and from nowhere else: of two runs one says where to', () => {
  const tried = fulfilment(started, moved('A', 2));
  expect(tried.when({ type: 'LineMoved', sku: 'A', from: 0, to: 5 })).toEqual(nothing);
  expect(tried.when({ type: 'LineMoved', sku: 'A', from: 2, to: 5 })).toEqual({
    kind: 'accepted',
    events: [moved('A', 5)],
  });
  expect(tried.when({ type: 'LineRefused', sku: 'A', stream: 0 })).toEqual(nothing);
});

it('looks for the line that was being reserved when its order ended, before it ends itself', () => {
  const state = stateAfter(started, cancelled);
  expect(nextAction(state)).toEqual({ do: 'find-line', sku: 'A', stream: 0 });
  expect(fulfilment(started, cancelled).when({ type: 'Finished' })).toEqual(nothing);
  const looked = stateAfter(started, cancelled, { type: 'LineNotFound', data: { sku: 'A' } });
  expect(nextAction(looked)).toEqual({ do: 'finish' });
});

it('has a place to inspect for each try that holds nothing, and none for lines that were not tried', () => {
  expect(placesToInspect(stateAfter(started)).map(({ sku }) => sku)).toEqual(['A']);
  expect(placesToInspect(stateAfter(started, reserved('A'), reserved('B')))).toEqual([]);
  const elsewhere = stateAfter(started, moved('A', 3), reserved('A', 1, 3), reserved('B'));
  expect(placesToInspect(elsewhere)).toMatchObject([{ sku: 'A', stream: 0 }]);
});

it('looks in each stream once, however often a line was moved there', () => {
  const back = stateAfter(started, moved('A', 2), moved('A', 0));
  expect(placesToInspect(back).map(({ stream }) => stream)).toEqual([2, 0]);
  expect(nextAction(back)).toEqual({ do: 'reserve-line', sku: 'A', stream: 0 });
});

it('inspects no line that comes after the one that is being reserved', () => {
  const three = { ...started, data: { ...started.data, lines: [line('A'), line('B'), line('C')] } } as FulfilmentEvent;
  expect(placesToInspect(stateAfter(three, reserved('A'))).map(({ sku }) => sku)).toEqual(['B']);
});

it.each([
  ['of another line', [started, cancelled], 'B', 0, 0],
  ['in another stream', [started, moved('A', 2), cancelled], 'A', 0, 2],
])(
  'releases a reservation %s than the one in doubt, and goes on looking for that',
  (_, doubting, sku, stream, doubt) => {
    const told = [...doubting, reserved(sku, 1, stream)];
    expect(nextAction(stateAfter(...told))).toEqual({ do: 'release-line', sku, stream });
    const looking = stateAfter(...told, released(sku, stream));
    expect(nextAction(looking)).toEqual({ do: 'find-line', sku: 'A', stream: doubt });
  },
);

const undone = [started, reserved('A'), cancelled, released('A'), notFound];
const ended = { kind: 'accepted', events: [{ type: 'FulfilmentEnded', data: {} }] };

it.each([
  ['nothing', [], ended],
  ['money that was taken meanwhile', [{ type: 'PaymentTaken', data: { transactionId: 't' } }], nothing],
  ['a line that was reserved meanwhile', [reserved('B')], nothing],
] as const)('with %s left to undo it ends or does not', (_, meanwhile, decision) => {
  expect(fulfilment(...undone, ...meanwhile).when({ type: 'Finished' })).toEqual(decision);
});
