// Which of the streams in use an order is tried in first.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RESERVATIONS } from '../../../lambdas/shop/stock/decider.ts';
import { allotmentOf, firstStream, roomAtSight, roomFor } from '../../../lambdas/shop/stock/room.ts';
import { noStock, type Reservation, type StockState } from '../../../lambdas/shop/stock/state.ts';

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
  const other = { id: 8, stream: preferred + 1, quantity: 5 };
  expect(allotmentOf({ transfers: [other, ...given.transfers] }, preferred)).toEqual({ transfer: 9, quantity: 50 });
  expect(allotmentOf({ transfers: [other] }, preferred)).toBeUndefined();
  expect(roomAtSight(wanted, refused, given)).toEqual({ kind: 'stream', stream: preferred });
  expect(roomAtSight(wanted, { ...refused, allotted: 9 }, given)).toMatchObject({ kind: 'move', recall: [] });
  expect(roomAtSight(wanted, { ...refused, isFull: true }, given)).toMatchObject({ recall: [preferred] });
});

it('is read as a whole where it was tried before, so that two who prefer different streams do not send it to and fro', () => {
  const other = preferred === 1 ? 2 : 1;
  const there = { ...refused, stream: other };
  expect(roomAtSight(wanted, { ...there, tried: [other] }, two)).toEqual({ kind: 'stream', stream: preferred });
  expect(roomAtSight(wanted, { ...there, tried: [preferred, other] }, two)).toBeUndefined();
});

it('has no allotment where the stream is to give back', () => {
  expect(allotmentOf({ transfers: [{ id: 9, stream: 1 }] }, 1)).toBeUndefined();
});

it('is read as a whole where the head is alone, one other is in use, or a share would be small', () => {
  const first = firstStream(wanted.seat, [1]);
  expect(roomAtSight(wanted, { ...refused, stream: 0 }, { ...two, active: [] })).toBeUndefined();
  expect(roomAtSight(wanted, { ...refused, stream: first }, { ...two, active: [1] })).toBeUndefined();
  const share = (onHand: number) => roomAtSight(wanted, refused, { ...two, onHand });
  expect(share(7)).toBeUndefined();
  expect(share(8)).toEqual({ kind: 'move', allot: { to: preferred, quantity: 8 }, recall: [] });
});

const open = (count: number): Reservation[] =>
  Array.from({ length: count }, (_, index) => [`open-${index}`, 1, index + 1]);
/** A stream with so much free beside so many open reservations. */
const having = (free: number, count = 0): StockState => ({
  ...noStock,
  onHand: free + count,
  reservations: open(count),
});
const headOf = (free: number, active: readonly StockState[], count = 0): StockState => ({
  ...{ ...having(free, count), opened: active.length, active: active.map((_, index) => index + 1) },
});
/** Room for 10, beside those streams. */
const roomBeside = (free: number, active: readonly StockState[], count = 0) =>
  roomFor(
    { ...wanted, quantity: 10 },
    headOf(free, active, count),
    new Map(active.map((each, index) => [index + 1, each])),
  );
const full = (free: number) => having(free, MAX_RESERVATIONS);
const inStream = (stream: number) => ({ kind: 'stream', stream });

describe('room for an order of ten', () => {
  it('is where something is reserved for it already, however little is free', () => {
    const reserved: StockState = { ...having(0), reservations: [['O', 10, 1]] };
    expect(roomBeside(500, [having(500), reserved])).toEqual(inStream(2));
    expect(roomFor(wanted, { ...headOf(0, []), reservations: [['O', 10, 1]] }, new Map())).toEqual(inStream(0));
  });

  it('is in a stream that has ten free and a reservation to spare', () => {
    expect(roomBeside(0, [having(9), having(10, MAX_RESERVATIONS - 1), full(500)])).toEqual(inStream(2));
  });

  it('is in the head where no other is in use', () => {
    expect(roomBeside(10, [])).toEqual(inStream(0));
  });

  it('is nowhere where all streams together have less, while any other than the head has some', () => {
    expect(roomBeside(9, [])).toEqual({ kind: 'none' });
    expect(roomBeside(3, [having(3), having(3)])).toEqual({ kind: 'none' });
  });

  it('is gathered from all where they have it together, and they are closed where nothing is left', () => {
    expect(roomBeside(4, [having(3), having(3)])).toEqual({ kind: 'move', recall: [1, 2] });
    expect(roomBeside(9, [having(0), having(0)])).toEqual({ kind: 'move', recall: [1, 2] });
  });

  it('is topped up with a share of what the head has', () => {
    const topUp = (quantity: number) => ({ kind: 'move', allot: { to: 1, quantity }, recall: [] });
    expect(roomBeside(400, [having(9), full(0)])).toEqual(topUp(100));
    expect(roomBeside(401, [having(9), full(0)])).toEqual(topUp(101));
    expect(roomBeside(200, [having(9), full(0)])).toEqual(topUp(80));
    expect(roomBeside(80, [having(9), full(0)])).toEqual(topUp(80));
  });

  it('is in the head where that has less than a share and a reservation to spare', () => {
    expect(roomBeside(79, [having(9)])).toEqual(inStream(0));
    const rest = { kind: 'move', allot: { to: 1, quantity: 79 }, recall: [] };
    expect(roomBeside(79, [having(9)], MAX_RESERVATIONS)).toEqual(rest);
  });

  it('is in a fresh stream where the head is full, or the others are, one of which is closed for it', () => {
    const fresh = (quantity: number, recall: number[]) => ({ kind: 'move', allot: { to: 'fresh', quantity }, recall });
    expect(roomBeside(400, [], MAX_RESERVATIONS)).toEqual(fresh(200, []));
    expect(roomBeside(400, [full(0), full(0)])).toEqual(fresh(100, [preferred]));
    expect(roomBeside(400, [full(0)], MAX_RESERVATIONS / 2 + 1)).toEqual(fresh(200, [1]));
  });

  it('is in the head again where the only other stream is full and the head is not', () => {
    expect(roomBeside(400, [full(0)], MAX_RESERVATIONS / 2)).toEqual({ kind: 'move', recall: [1] });
  });
});
