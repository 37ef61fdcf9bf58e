// What is available of a product, put together of its stock streams as far as each has come.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { catalogue } from '../../../lambdas/shop/products/catalogue.ts';
import type { StockEvent } from '../../../lambdas/shop/stock/events.ts';
import { availableIn, type StockPart, stockPart } from '../../../lambdas/shop/stock/stock-part.ts';
import type { RecordedEvent } from '../../../lambdas/spine/kernel/envelope.ts';

const fold = (stream: string, events: readonly StockEvent[]): StockPart | undefined =>
  events
    .map((event, index) => ({ ...event, stream, version: index + 1 }) as RecordedEvent<StockEvent>)
    .reduce<StockPart | undefined>(stockPart.evolve, undefined);

const head: StockEvent[] = [
  { type: 'StockReceived', data: { quantity: 100 } },
  { type: 'StockAllotted', data: { to: 1, quantity: 40 } },
  { type: 'TransferSettled', data: { transfer: 2, returned: 0 } },
  { type: 'StockRecalled', data: { from: 1 } },
  { type: 'TransferSettled', data: { transfer: 4, returned: 30 } },
];
const other: StockEvent[] = [
  { type: 'AllotmentTaken', data: { transfer: 2, quantity: 40 } },
  { type: 'StockReserved', data: { orderId: 'one', quantity: 10 } },
  { type: 'StockReturned', data: { transfer: 4, quantity: 30 } },
];
/** In the order in which they happen: how far the head is, and how far the other. */
const moments = [
  [1, 0, 100],
  [2, 0, 100],
  [2, 1, 100],
  [3, 1, 100],
  [3, 2, 90],
  [4, 2, 90],
  [4, 3, 90],
  [5, 3, 90],
] as const;

const available = (ofHead: number, ofOther: number): number =>
  availableIn(
    [fold('stock-A', head.slice(0, ofHead)), fold('stock-A.1', other.slice(0, ofOther))].filter((part) => !!part),
  );

it.each(moments)('is exact while stock is on its way: head at %i, the other at %i', (ofHead, ofOther, expected) => {
  expect(available(ofHead, ofOther)).toBe(expected);
});

it.each([
  ['of an allotment that the other has taken already', 1, 1, 100],
  ['of stock that the other has returned already', 3, 3, 90],
])('is exact where the head has not come as far as an event %s', (_, ofHead, ofOther, expected) => {
  expect(available(ofHead, ofOther)).toBe(expected);
});

it.each([
  ['an allotment that the head has settled', 3, 0, 100],
  ['a return that the head has settled', 5, 2, 90],
  ['both', 5, 0, 100],
])('is exact where the other stream has not come as far as %s', (_, ofHead, ofOther, expected) => {
  expect(available(ofHead, ofOther)).toBe(expected);
});

it('is exact wherever the head and the other stream are, over several transfers', () => {
  const headOn: StockEvent[] = [
    ...head,
    { type: 'StockAllotted', data: { to: 1, quantity: 20 } },
    { type: 'TransferSettled', data: { transfer: 6, returned: 0 } },
  ];
  const otherOn: StockEvent[] = [...other, { type: 'AllotmentTaken', data: { transfer: 6, quantity: 20 } }];
  for (let ofHead = 0; ofHead <= headOn.length; ofHead += 1) {
    for (let ofOther = 0; ofOther <= otherOn.length; ofOther += 1) {
      const parts = [fold('stock-A', headOn.slice(0, ofHead)), fold('stock-A.1', otherOn.slice(0, ofOther))];
      const expected = (ofHead >= 1 ? 100 : 0) - (ofOther >= 2 ? 10 : 0);
      const where = `head at ${ofHead}, the other at ${ofOther}`;
      expect(availableIn(parts.filter((part) => !!part)), where).toBe(Math.max(0, expected));
    }
  }
});

it('is exact while a stream has long not taken what was allotted to it', () => {
  const moves = Array.from({ length: 60 }, (_, move): StockEvent[] => [
    { type: 'StockAllotted', data: { to: move + 2, quantity: 1 } },
    { type: 'TransferSettled', data: { transfer: 3 + 2 * move, returned: 0 } },
  ]);
  const parts = [
    fold('stock-A', [...head.slice(0, 2), ...moves.flat()]),
    ...moves.map((_, move) =>
      fold(`stock-A.${move + 2}`, [{ type: 'AllotmentTaken', data: { transfer: 3 + 2 * move, quantity: 1 } }]),
    ),
  ];
  expect(availableIn(parts.filter((part) => !!part))).toBe(100);
});

it('does not depend on the order of the parts', () => {
  const parts = [fold('stock-A', head.slice(0, 4)), fold('stock-A.1', other)].filter((part) => !!part);
  fc.assert(
    fc.property(fc.shuffledSubarray(parts, { minLength: 2 }), (shuffled) => {
      expect(availableIn(shuffled)).toBe(90);
    }),
  );
});

it('counts what is received, reserved, released and shipped', () => {
  const ofOrder = { orderId: 'one', quantity: 3 };
  const events: StockEvent[] = [
    { type: 'StockReceived', data: { quantity: 10 } },
    { type: 'StockReserved', data: ofOrder },
    { type: 'StockShipped', data: ofOrder },
    { type: 'StockReserved', data: ofOrder },
    { type: 'StockReleased', data: ofOrder },
  ];
  const counted = events.map((_, index) => fold('stock-A', events.slice(0, index + 1))?.free);
  expect(counted).toEqual([10, 7, 7, 4, 7]);
});

it.each(['product-AB-1', 'stock-AB-1', 'stock-AB-1.17'])('shows %s with its product', (stream) => {
  expect(catalogue.viewKey(stream)).toBe('product-AB-1');
});
