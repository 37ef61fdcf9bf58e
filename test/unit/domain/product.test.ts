import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_ON_HAND, type ProductCommand, productDecider } from '../../../lambdas/domain/product/decider.ts';
import type { ProductEvent } from '../../../lambdas/domain/product/events.ts';
import { availableOf, productState } from '../../../lambdas/domain/product/state.ts';
import { accept } from '../../../lambdas/kernel/decider.ts';
import { given } from '../../support/given.ts';

const product = given(productDecider);
const data = { sku: 'A', name: 'Anvil', unitPrice: 100, currency: 'EUR' };
const listed: ProductEvent = { type: 'ProductListed', data };
const received = (quantity: number): ProductEvent => ({ type: 'StockReceived', data: { quantity } });
const reserved = (orderId: string, quantity: number): ProductEvent => ({
  type: 'StockReserved',
  data: { orderId, quantity },
});

const rejected = (code: string) => ({ kind: 'rejected', rejection: expect.objectContaining({ code }) });

it('is listed once', () => {
  const list: ProductCommand = { type: 'ListProduct', ...data };
  expect(product().when(list)).toEqual(accept(listed));
  expect(product(listed).when(list)).toEqual(rejected('product_already_listed'));
});

it('does not exist before it is listed', () => {
  expect(product().when({ type: 'ReceiveStock', sku: 'A', quantity: 1 })).toEqual(rejected('not_found'));
});

it('changes its price, also to the one it has: what was done under a key is known again', () => {
  const change = (unitPrice: number): ProductCommand => ({ type: 'ChangePrice', sku: 'A', unitPrice });
  const changed = (unitPrice: number) => accept({ type: 'ProductPriceChanged', data: { unitPrice } });
  expect(product(listed).when(change(120))).toEqual(changed(120));
  expect(product(listed).when(change(100))).toEqual(changed(100));
});

it('takes stock up to its limit', () => {
  const receive = (quantity: number): ProductCommand => ({ type: 'ReceiveStock', sku: 'A', quantity });
  expect(product(listed, received(MAX_ON_HAND - 1)).when(receive(1))).toEqual(accept(received(1)));
  expect(product(listed, received(MAX_ON_HAND)).when(receive(1))).toEqual(rejected('stock_limit_exceeded'));
});

it('reserves what is available, once for an order', () => {
  const reserve = (orderId: string, quantity: number): ProductCommand => ({
    type: 'ReserveStock',
    sku: 'A',
    orderId,
    quantity,
  });
  const stocked = product(listed, received(5), reserved('one', 3));
  expect(stocked.when(reserve('two', 2))).toEqual(accept(reserved('two', 2)));
  expect(stocked.when(reserve('two', 3))).toEqual(rejected('out_of_stock'));
  expect(stocked.when(reserve('one', 3))).toEqual(accept());
});

it.each([
  ['released', { type: 'StockReleased', data: { orderId: 'one', quantity: 3 } }, [reserved('one', 3)]],
  ['released before it was made', { type: 'ReservationBarred', data: { orderId: 'one' } }, []],
] as const)(
  'takes no reservation that was %s: the order has ended, and nobody would release it again',
  (_, event, before) => {
    const again = product(listed, received(5), ...before, event).when({
      type: 'ReserveStock',
      sku: 'A',
      orderId: 'one',
      quantity: 3,
    });
    expect(again).toEqual(rejected('reservation_barred'));
  },
);

it('remembers that it takes no reservation of an order while 199 others are released', () => {
  const barred = (orderId: string): ProductEvent => ({ type: 'ReservationBarred', data: { orderId } });
  const others = Array.from({ length: 199 }, (_, index) => barred(`other-${index}`));
  const again = product(listed, received(5), barred('one'), ...others).when({
    type: 'ReserveStock',
    sku: 'A',
    orderId: 'one',
    quantity: 3,
  });
  expect(again).toEqual(rejected('reservation_barred'));
});

it('remembers no more bars than it says, so that the state does not grow with what was undone', () => {
  const bars = Array.from({ length: 300 }, (_, index): ProductEvent => {
    return { type: 'ReservationBarred', data: { orderId: `order-${index}` } };
  });
  const state = [listed, ...bars].reduce(productDecider.evolve, productDecider.initialState);
  expect(state).toMatchObject({ barred: expect.arrayContaining(['order-100', 'order-299']) });
  expect(state.stage === 'listed' && state.barred.length).toBe(200);
});

it('releases and ships what was reserved, and nothing else', () => {
  const stocked = product(listed, received(5), reserved('one', 3));
  const ofOne = { orderId: 'one', quantity: 3 };
  expect(stocked.when({ type: 'ReleaseStock', sku: 'A', orderId: 'one' })).toEqual(
    accept({ type: 'StockReleased', data: ofOne }),
  );
  expect(stocked.when({ type: 'ShipStock', sku: 'A', orderId: 'one' })).toEqual(
    accept({ type: 'StockShipped', data: ofOne }),
  );
  expect(stocked.when({ type: 'ShipStock', sku: 'A', orderId: 'two' })).toEqual(accept());
});

it('bars a reservation that comes after its release, so that the two may come in either order', () => {
  const release: ProductCommand = { type: 'ReleaseStock', sku: 'A', orderId: 'late' };
  const barred: ProductEvent = { type: 'ReservationBarred', data: { orderId: 'late' } };
  expect(product(listed, received(5)).when(release)).toEqual(accept(barred));
  const after = product(listed, received(5), barred);
  expect(after.when(release)).toEqual(accept());
  expect(after.when({ type: 'ReserveStock', sku: 'A', orderId: 'late', quantity: 1 })).toEqual(
    rejected('reservation_barred'),
  );
});

it('never has less than nothing available: on hand = received − shipped, available = on hand − reserved', () => {
  const orderId = fc.constantFrom('a', 'b', 'c');
  const quantity = fc.integer({ min: 1, max: 5 });
  const command: fc.Arbitrary<ProductCommand> = fc.oneof(
    quantity.map((amount) => ({ type: 'ReceiveStock', sku: 'A', quantity: amount }) as const),
    fc.record({ orderId, quantity }).map((asked) => ({ type: 'ReserveStock', sku: 'A', ...asked }) as const),
    orderId.map((id) => ({ type: 'ReleaseStock', sku: 'A', orderId: id }) as const),
    orderId.map((id) => ({ type: 'ShipStock', sku: 'A', orderId: id }) as const),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      const events: ProductEvent[] = [listed];
      for (const each of commands) {
        const decision = product(...events).when(each);
        if (decision.kind === 'accepted') events.push(...decision.events);
      }
      const state = events.reduce(productDecider.evolve, productDecider.initialState);
      const sum = (type: ProductEvent['type']) =>
        events.reduce(
          (total, event) => (event.type === type && 'quantity' in event.data ? total + event.data.quantity : total),
          0,
        );
      if (state.stage !== 'listed') throw new Error('not listed');
      const held = sum('StockReserved') - sum('StockReleased') - sum('StockShipped');
      expect(state.onHand).toBe(sum('StockReceived') - sum('StockShipped'));
      expect(availableOf(state)).toBe(state.onHand - held);
      expect(availableOf(state)).toBeGreaterThanOrEqual(0);
      expect(productState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
    }),
  );
});
