import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  MAX_ACTIVE,
  MAX_ON_HAND,
  MAX_RESERVATIONS,
  type StockCommand,
  stockDecider,
} from '../../../lambdas/shop/stock/decider.ts';
import type { StockEvent } from '../../../lambdas/shop/stock/events.ts';
import { freeOf, type StockState, stockState } from '../../../lambdas/shop/stock/state.ts';
import { accept } from '../../../lambdas/spine/kernel/decider.ts';
import type { RecordedEvent } from '../../../lambdas/spine/kernel/envelope.ts';
import { given } from '../../../lambdas/spine/testing/given.ts';

/** Events with their versions, from 1 on. */
const recorded = (events: readonly StockEvent[]) =>
  events.map((event, index) => ({ ...event, version: index + 1 }) as RecordedEvent<StockEvent>);
const stock = (...events: StockEvent[]) => given(stockDecider)(...recorded(events));
const stateAfter = (...events: StockEvent[]): StockState =>
  recorded(events).reduce(stockDecider.evolve, stockDecider.initialState);

const rejected = (code: string) => ({ kind: 'rejected', rejection: expect.objectContaining({ code }) });
const received = (quantity: number): StockEvent => ({ type: 'StockReceived', data: { quantity } });
const reserved = (orderId: string, quantity: number): StockEvent => ({
  type: 'StockReserved',
  data: { orderId, quantity },
});
const allotted = (to: number, quantity: number): StockEvent => ({ type: 'StockAllotted', data: { to, quantity } });
const recalled = (from: number): StockEvent => ({ type: 'StockRecalled', data: { from } });
const settled = (transfer: number, returned = 0): StockEvent => ({
  type: 'TransferSettled',
  data: { transfer, returned },
});
const receive = (quantity: number, isListed = true): StockCommand => ({
  ...{ type: 'ReceiveStock', sku: 'A', quantity, isListed },
});
const reserve = (orderId: string, quantity: number): StockCommand => ({ type: 'ReserveStock', orderId, quantity });
const full = Array.from({ length: MAX_RESERVATIONS }, (_, index) => reserved(`other-${index}`, 1));

it('takes stock of a listed product up to its limit', () => {
  expect(stock().when(receive(1, false))).toEqual(rejected('not_found'));
  expect(stock(received(MAX_ON_HAND - 1)).when(receive(1))).toEqual(accept(received(1)));
  expect(stock(received(MAX_ON_HAND)).when(receive(1))).toEqual(rejected('stock_limit_exceeded'));
});

it('reserves what is free, once for an order', () => {
  const stocked = stock(received(5), reserved('one', 3));
  expect(stocked.when(reserve('two', 2))).toEqual(accept(reserved('two', 2)));
  expect(stocked.when(reserve('two', 3))).toEqual(rejected('out_of_stock'));
  expect(stocked.when(reserve('one', 3))).toEqual(accept());
});

it('knows a reservation by the version of its event', () => {
  expect(stateAfter(received(5), reserved('one', 3)).reservations).toEqual([['one', 3, 2]]);
});

it('releases and ships what is reserved, and nothing else', () => {
  const stocked = stock(received(5), reserved('one', 3));
  const ofOne = { orderId: 'one', quantity: 3 };
  expect(stocked.when({ type: 'ReleaseStock', orderId: 'one' })).toEqual(
    accept({ type: 'StockReleased', data: ofOne }),
  );
  expect(stocked.when({ type: 'ShipStock', orderId: 'one' })).toEqual(accept({ type: 'StockShipped', data: ofOne }));
  expect(stocked.when({ type: 'ReleaseStock', orderId: 'two' })).toEqual(accept());
  expect(stocked.when({ type: 'ShipStock', orderId: 'constructor' })).toEqual(accept());
});

it('takes so many reservations and no more, until one of them ends', () => {
  const taken = [received(1_000), ...full];
  expect(stock(...taken).when(reserve('one', 1))).toEqual(rejected('stream_full'));
  const shipped: StockEvent = { type: 'StockShipped', data: { orderId: 'other-0', quantity: 1 } };
  expect(stock(...taken, shipped).when(reserve('one', 1))).toEqual(accept(reserved('one', 1)));
});

it('takes with a reservation what the head has allotted, once, and nothing with a refusal', () => {
  const allotment = { transfer: 7, quantity: 5 };
  const taken: StockEvent = { type: 'AllotmentTaken', data: allotment };
  const withAllotted = (quantity: number): StockCommand => ({
    ...{ type: 'ReserveStock', orderId: 'one', quantity, allotted: allotment },
  });
  expect(stock().when(withAllotted(5))).toEqual(accept(taken, reserved('one', 5)));
  expect(stock().when(withAllotted(6))).toEqual(rejected('out_of_stock'));
  expect(stock(taken).when(withAllotted(5))).toEqual(accept(reserved('one', 5)));
  expect(stock(taken, reserved('two', 1)).when(withAllotted(5))).toEqual(rejected('out_of_stock'));
  expect(stock(taken, reserved('one', 5)).when(withAllotted(5))).toEqual(accept());
  const returned: StockEvent = { type: 'StockReturned', data: { transfer: 9, quantity: 5 } };
  expect(stock(taken, returned).when(withAllotted(5))).toEqual(rejected('out_of_stock'));
});

it('opens streams with a reservation, or sends the order on where there are so many already', () => {
  const spread = (streams: number): StockCommand => ({
    ...{ type: 'ReserveStock', orderId: 'one', quantity: 4, spread: { streams } },
  });
  const opened = accept(reserved('one', 4), allotted(1, 24), allotted(2, 24));
  expect(stock(received(100)).when(spread(2))).toEqual(opened);
  expect(stock(received(100), allotted(1, 0)).when(spread(1))).toEqual(rejected('stock_spread'));
  expect(stock(received(100), reserved('one', 4), allotted(1, 0)).when(spread(1))).toEqual(accept());
  expect(stock(received(3)).when(spread(2))).toEqual(rejected('out_of_stock'));
});

it('settles with a move what is known to be done', () => {
  const pending = [received(10), allotted(1, 4), recalled(2)];
  const move = (...transfers: number[]): StockCommand => ({
    type: 'MoveStock',
    settled: transfers.map((transfer) => ({ transfer, returned: transfer === 3 ? 2 : 0 })),
    recall: [1],
    allot: { to: 3, quantity: 8 },
  });
  expect(stock(...pending).when(move(2, 3))).toEqual(accept(settled(2), settled(3, 2), recalled(1), allotted(3, 8)));
  expect(stock(...pending).when(move(3))).toEqual(rejected('transfer_pending'));
  expect(stock(...pending).when(move(2))).toEqual(rejected('out_of_stock'));
  expect(stock(...pending, settled(3, 2)).when(move(2, 3))).toEqual(accept(settled(2), recalled(1), allotted(3, 8)));
});

it('says that it is out of stock only while nothing is in another stream or on its way', () => {
  expect(stock().when(reserve('one', 1))).toEqual(rejected('out_of_stock'));
  expect(stock(received(5), allotted(1, 5)).when(reserve('one', 1))).toEqual(rejected('stock_elsewhere'));
  const inUse = [received(5), allotted(1, 5), settled(2)];
  expect(stock(...inUse).when(reserve('one', 1))).toEqual(rejected('stock_elsewhere'));
  expect(stock(...inUse, recalled(1)).when(reserve('one', 1))).toEqual(rejected('stock_elsewhere'));
  expect(stock(...inUse, recalled(1), settled(4)).when(reserve('one', 1))).toEqual(rejected('out_of_stock'));
});

it('opens streams with a share each, up to so many in use, and none that are there already', () => {
  const open = (streams: number, isListed = true): StockCommand => ({
    ...{ type: 'OpenStreams', sku: 'A', streams, isListed },
  });
  expect(stock().when(open(2, false))).toEqual(rejected('not_found'));
  expect(stock(received(100)).when(open(4))).toEqual(accept(...[1, 2, 3, 4].map((to) => allotted(to, 12))));
  expect(stock().when(open(1))).toEqual(accept(allotted(1, 0)));
  const two = [received(100), allotted(1, 10), allotted(2, 10)];
  expect(stock(...two).when(open(2))).toEqual(accept());
  expect(stock(...two).when(open(3))).toEqual(accept(allotted(3, 13)));
  const closed = [...two, settled(2), settled(3), recalled(1), settled(6, 10)];
  expect(stock(...closed).when(open(2))).toEqual(accept(allotted(3, 22)));
  const decision = stock(received(100)).when(open(MAX_ACTIVE + 5));
  expect(decision).toMatchObject({ events: { length: MAX_ACTIVE } });
});

it('allots what is free and no more, and takes part in one transfer with a stream at a time', () => {
  const move = (allot: { to: number; quantity: number } | undefined, ...recall: number[]): StockCommand => ({
    type: 'MoveStock',
    ...(allot && { allot }),
    recall,
  });
  const stocked = [received(5), reserved('one', 3)];
  expect(stock(...stocked).when(move({ to: 1, quantity: 2 }))).toEqual(accept(allotted(1, 2)));
  expect(stock(...stocked).when(move({ to: 1, quantity: 3 }))).toEqual(rejected('out_of_stock'));
  const pending = [...stocked, allotted(1, 1)];
  expect(stock(...pending).when(move(undefined, 1))).toEqual(rejected('transfer_pending'));
  expect(stock(...pending).when(move({ to: 1, quantity: 1 }))).toEqual(rejected('transfer_pending'));
  expect(stock(...pending).when(move({ to: 2, quantity: 1 }))).toEqual(accept(allotted(2, 1)));
  expect(stock(...pending, settled(3)).when(move({ to: 2, quantity: 1 }, 1))).toEqual(
    accept(recalled(1), allotted(2, 1)),
  );
});

it('does its part in a transfer once, however often it is asked and by whom', () => {
  const taken: StockEvent = { type: 'AllotmentTaken', data: { transfer: 7, quantity: 5 } };
  const take = { type: 'TakeAllotment', transfer: 7, quantity: 5 } as const;
  expect(stock().when(take)).toEqual(accept(taken));
  expect(stock(taken).when(take)).toEqual(accept());
  const giveBack = { type: 'ReturnStock', transfer: 9 } as const;
  const returned: StockEvent = { type: 'StockReturned', data: { transfer: 9, quantity: 3 } };
  expect(stock(taken, reserved('one', 2)).when(giveBack)).toEqual(accept(returned));
  expect(stock(taken, reserved('one', 2), returned).when(giveBack)).toEqual(accept());
  expect(stock(taken, reserved('one', 2), returned).when(take)).toEqual(accept());
  expect(stateAfter(taken, reserved('one', 2), returned)).toMatchObject({ onHand: 2, done: { id: 9, returned: 3 } });
});

it('settles what is pending, and hears nothing of what was settled', () => {
  const pending = [received(9), allotted(1, 4), settled(2), recalled(1)];
  const settle = { type: 'SettleTransfers', settled: [{ transfer: 4, returned: 3 }] } as const;
  expect(stock(...pending).when(settle)).toEqual(accept(settled(4, 3)));
  expect(stock(...pending, settled(4, 3)).when(settle)).toEqual(accept());
  expect(stateAfter(...pending, settled(4, 3))).toMatchObject({ onHand: 8, active: [], transfers: [] });
});

it('never has less than nothing free: on hand = received − shipped, free = on hand − reserved', () => {
  const orderId = fc.constantFrom('a', 'b', 'c');
  const quantity = fc.integer({ min: 1, max: 5 });
  const command: fc.Arbitrary<StockCommand> = fc.oneof(
    quantity.map((amount) => receive(amount)),
    fc.tuple(orderId, quantity).map(([id, amount]) => reserve(id, amount)),
    orderId.map((id) => ({ type: 'ReleaseStock', orderId: id }) as const),
    orderId.map((id) => ({ type: 'ShipStock', orderId: id }) as const),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      const events: StockEvent[] = [];
      for (const each of commands) {
        const decision = stock(...events).when(each);
        if (decision.kind === 'accepted') events.push(...decision.events);
      }
      const state = stateAfter(...events);
      const sum = (type: StockEvent['type']) =>
        events.reduce(
          (total, event) => (event.type === type && 'quantity' in event.data ? total + event.data.quantity : total),
          0,
        );
      const held = sum('StockReserved') - sum('StockReleased') - sum('StockShipped');
      expect(state.onHand).toBe(sum('StockReceived') - sum('StockShipped'));
      expect(freeOf(state)).toBe(state.onHand - held);
      expect(freeOf(state)).toBeGreaterThanOrEqual(0);
      expect(stockState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
    }),
  );
});
