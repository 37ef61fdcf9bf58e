import { describe, expect, it } from 'vitest';
import { type OrderCommand, orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import type { OrderEvent } from '../../../lambdas/shop/orders/events.ts';
import type { PlaceOrder } from '../../../lambdas/shop/orders/place-order.ts';
import { accept } from '../../../lambdas/spine/kernel/decider.ts';
import { given } from '../../../lambdas/spine/testing/given.ts';

const order = given(orderDecider);
const anvil = { name: 'Anvil', unitPrice: 100, currency: 'EUR' };
const rope = { name: 'Rope', unitPrice: 7, currency: 'EUR' };
const rejected = (kind: string, code: string) => ({
  kind: 'rejected',
  rejection: expect.objectContaining({ kind, code }),
});

const place = (...lines: PlaceOrder['lines']): PlaceOrder => ({
  type: 'PlaceOrder',
  orderId: 'o',
  customerId: 'c',
  paymentToken: 'tok_ok',
  lines,
});

const placed: OrderEvent = {
  type: 'OrderPlaced',
  data: {
    orderId: 'o',
    customerId: 'c',
    lines: [{ sku: 'A', name: 'Anvil', quantity: 2, unitPrice: 100 }],
    total: 200,
    currency: 'EUR',
    paymentToken: 'tok_ok',
  },
};
const confirmed: OrderEvent = { type: 'OrderConfirmed', data: { transactionId: 't' } };
const outOfStock: OrderEvent = { type: 'OrderRejected', data: { code: 'out_of_stock', sku: 'A' } };
const cancelled: OrderEvent = { type: 'OrderCancelled', data: { reason: 'changed my mind' } };
const shipped: OrderEvent = { type: 'OrderShipped', data: { carrier: 'DHL', trackingNumber: '1' } };
const delivered: OrderEvent = { type: 'OrderDelivered', data: {} };

describe('placing', () => {
  it('takes each product’s name and price, sums them up, and keeps the e-mail apart', () => {
    const command = place({ sku: 'A', quantity: 2, product: anvil }, { sku: 'R', quantity: 3, product: rope });
    expect(order().when({ ...command, email: 'a@b.example' })).toEqual(
      accept({
        type: 'OrderPlaced',
        data: {
          ...placed.data,
          lines: [
            { sku: 'A', name: 'Anvil', quantity: 2, unitPrice: 100 },
            { sku: 'R', name: 'Rope', quantity: 3, unitPrice: 7 },
          ],
          total: 221,
        },
        personal: { email: 'a@b.example' },
      }),
    );
  });

  it('takes the total that the customer has seen, and at another one names the new and places nothing', () => {
    const command = place({ sku: 'A', quantity: 2, product: anvil }, { sku: 'R', quantity: 3, product: rope });
    expect(order().when({ ...command, expectedTotal: 221 }).kind).toBe('accepted');
    for (const expectedTotal of [220, 222, 0]) {
      expect(order().when({ ...command, expectedTotal })).toEqual({
        kind: 'rejected',
        rejection: {
          kind: 'rule',
          code: 'total_changed',
          detail: expect.stringContaining('221 EUR'),
          members: { total: 221, currency: 'EUR' },
        },
      });
    }
  });

  it('stops where as many orders of the customer await payment as may', () => {
    const command = place({ sku: 'A', quantity: 1, product: anvil });
    const withOpen = (counted: number) => order().when({ ...command, openOrders: { counted, allowed: 50 } });
    expect(withOpen(49).kind).toBe('accepted');
    for (const counted of [50, 51]) expect(withOpen(counted)).toEqual(rejected('rule', 'too_many_open_orders'));
  });

  it('names the products that do not exist', () => {
    const decision = order().when(place({ sku: 'A', quantity: 1, product: anvil }, { sku: 'X', quantity: 1 }));
    expect(decision).toEqual(rejected('reference', 'unknown_product'));
    expect(decision).toMatchObject({ rejection: { detail: 'There is no product X.' } });
  });

  it('refuses lines of several currencies, a total beyond exact integers, and a second time', () => {
    const dollars = { ...rope, currency: 'USD' };
    const dear = { ...anvil, unitPrice: Number.MAX_SAFE_INTEGER };
    expect(
      order().when(place({ sku: 'A', quantity: 1, product: anvil }, { sku: 'R', quantity: 1, product: dollars })),
    ).toEqual(rejected('rule', 'mixed_currencies'));
    expect(order().when(place({ sku: 'A', quantity: 2, product: dear }))).toEqual(rejected('rule', 'total_too_large'));
    expect(order(placed).when(place({ sku: 'A', quantity: 2, product: anvil }))).toEqual(
      rejected('rule', 'order_already_placed'),
    );
  });

  it('places nothing without lines, as that has no currency', () => {
    expect(order().when(place())).toEqual(rejected('rule', 'mixed_currencies'));
  });
});

const histories = {
  placed: [placed],
  confirmed: [placed, confirmed],
  rejected: [placed, outOfStock],
  cancelled: [placed, cancelled],
  shipped: [placed, confirmed, shipped],
  delivered: [placed, confirmed, shipped, delivered],
};

const moves: { command: Exclude<OrderCommand, PlaceOrder>; event: OrderEvent; from: string[]; code: string }[] = [
  {
    command: { type: 'ConfirmOrder', orderId: 'o', transactionId: 't' },
    event: confirmed,
    from: ['placed'],
    code: 'order_not_confirmable',
  },
  {
    command: { type: 'RejectOrder', orderId: 'o', code: 'out_of_stock', sku: 'A' },
    event: outOfStock,
    from: ['placed'],
    code: 'order_not_rejectable',
  },
  {
    command: { type: 'CancelOrder', orderId: 'o', reason: 'changed my mind' },
    event: cancelled,
    from: ['placed', 'confirmed'],
    code: 'order_not_cancellable',
  },
  {
    command: { type: 'ShipOrder', orderId: 'o', carrier: 'DHL', trackingNumber: '1' },
    event: shipped,
    from: ['confirmed'],
    code: 'order_not_shippable',
  },
  {
    command: { type: 'DeliverOrder', orderId: 'o' },
    event: delivered,
    from: ['shipped'],
    code: 'order_not_deliverable',
  },
];

/** Where a repeated command finds the order as it wants it: the system sends its own without a key. */
const asWanted: Readonly<Record<string, readonly string[]>> = {
  ConfirmOrder: ['confirmed', 'shipped', 'delivered'],
  RejectOrder: ['rejected'],
};

describe.each(moves)('$command.type', ({ command, event, from, code }) => {
  it.each(Object.entries(histories))('on an order that is %s', (stage, history) => {
    const isAsWanted = asWanted[command.type]?.includes(stage);
    const expected = isAsWanted ? accept() : from.includes(stage) ? accept(event) : rejected('rule', code);
    expect(order(...history).when(command)).toEqual(expected);
  });

  it('is the same for the order’s own customer', () => {
    const history = Object.values(histories).find((events) => order(...events).when(command).kind === 'accepted') ?? [];
    expect(order(...history).when({ ...command, caller: 'c' })).toEqual(accept(event));
  });

  it('finds no order before it is placed, nor one of another customer', () => {
    expect(order().when(command)).toEqual(rejected('missing', 'not_found'));
    expect(order(placed).when({ ...command, caller: 'someone else' })).toEqual(rejected('missing', 'not_found'));
  });
});

it('a rejection that concerns no single product names none', () => {
  const command: OrderCommand = { type: 'RejectOrder', orderId: 'o', code: 'payment_declined' };
  expect(order(placed).when(command)).toStrictEqual(
    accept({ type: 'OrderRejected', data: { code: 'payment_declined' } }),
  );
});

it.each([confirmed, outOfStock, cancelled, shipped, delivered])('no history begins with $type', (event) => {
  expect(() => orderDecider.evolve(orderDecider.initialState, event)).toThrow(RangeError);
});
