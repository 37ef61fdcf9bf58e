// How long an order's stream can get: what bounds every query that reads one whole.
import { expect, it } from 'vitest';
import { type OrderCommand, orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import type { OrderState } from '../../../lambdas/shop/orders/state.ts';

const product = { name: 'Anvil', unitPrice: 1, currency: 'EUR' };
const ofOrder = { orderId: 'o' };
const commands: readonly OrderCommand[] = [
  {
    type: 'PlaceOrder',
    ...ofOrder,
    customerId: 'c',
    paymentToken: 'tok_ok',
    lines: [{ sku: 'A', quantity: 1, product }],
  },
  { type: 'ConfirmOrder', ...ofOrder, transactionId: 't' },
  { type: 'RejectOrder', ...ofOrder, code: 'out_of_stock' },
  { type: 'CancelOrder', ...ofOrder, reason: 'r' },
  { type: 'ShipOrder', ...ofOrder, carrier: 'DHL', trackingNumber: '1' },
  { type: 'DeliverOrder', ...ofOrder },
  { type: 'RecordRefund', ...ofOrder, transactionId: 't' },
];

/** The most events that commands can add to an order in that state, in whatever order they come. */
function mostEventsFrom(state: OrderState, before: readonly string[]): number {
  const here = JSON.stringify(state);
  if (before.includes(here)) return Number.POSITIVE_INFINITY;
  return Math.max(
    0,
    ...commands.map((command) => {
      const decision = orderDecider.decide(command, state);
      if (decision.kind === 'rejected' || decision.events.length === 0) return 0;
      const after = decision.events.reduce((current, event) => orderDecider.evolve(current, event), state);
      return decision.events.length + mostEventsFrom(after, [...before, here]);
    }),
  );
}

it('whatever is done to it, an order has at most 5 events', () => {
  expect(mostEventsFrom(orderDecider.initialState, [])).toBe(5);
});

it('every command on orders is among those tried', () => {
  const tried: Record<OrderCommand['type'], true> = {
    ...{ PlaceOrder: true, ConfirmOrder: true, RejectOrder: true, CancelOrder: true },
    ...{ ShipOrder: true, DeliverOrder: true, RecordRefund: true },
  };
  expect(commands.map(({ type }) => type).sort()).toEqual(Object.keys(tried).sort());
});
