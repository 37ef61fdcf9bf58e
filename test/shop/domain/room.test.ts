// Which of the streams in use an order is tried in first.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allotmentOf, firstStream, roomAtSight } from '../../../lambdas/shop/stock/room.ts';
import { noStock, type StockState } from '../../../lambdas/shop/stock/state.ts';

const streams = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 2, maxLength: 32 });
const seat = fc.string({ minLength: 1 });

it('is the same for the same seat until that one is taken out', () => {
  fc.assert(
    fc.property(streams, seat, fc.nat(), fc.integer({ min: 501, max: 999 }), (active, by, pick, fresh) => {
      const preferred = firstStream(by, active);
      const out = active[pick % active.length];
      const left = active.filter((stream) => stream !== out);
      if (out === preferred) expect(left).toContain(firstStream(by, left));
      else expect(firstStream(by, left)).toBe(preferred);
      expect([preferred, fresh]).toContain(firstStream(by, [...active, fresh]));
    }),
  );
});

it('spreads those who ask over all streams, also when their seats differ in little', () => {
  const active = Array.from({ length: 16 }, (_, index) => index + 1);
  const taken = Array.from({ length: 1_600 }, (_, index) => firstStream(`id-${index}`, active));
  for (const stream of active) {
    const count = taken.filter((each) => each === stream).length;
    expect(count).toBeGreaterThan(50);
    expect(count).toBeLessThan(200);
  }
});

const wanted = { orderId: 'O', seat: 's', quantity: 1 };
const two: StockState = { ...noStock, onHand: 1_000, opened: 2, active: [1, 2] };
const preferred = firstStream(wanted.seat, two.active);
const refused = { stream: preferred, isFull: false, allotted: 0 };

it('is tried again when the head has given it more than was known', () => {
  const given = { ...two, transfers: [{ id: 9, stream: preferred, quantity: 50 }] };
  expect(allotmentOf(given, preferred)).toEqual({ transfer: 9, quantity: 50 });
  expect(roomAtSight(wanted, refused, given)).toEqual({ kind: 'stream', stream: preferred });
  expect(roomAtSight(wanted, { ...refused, allotted: 9 }, given)).toMatchObject({ kind: 'move', recall: [] });
  expect(roomAtSight(wanted, { ...refused, isFull: true }, given)).toMatchObject({ recall: [preferred] });
});

it('has no allotment where the stream is to give back', () => {
  expect(allotmentOf({ transfers: [{ id: 9, stream: 1 }] }, 1)).toBeUndefined();
});
