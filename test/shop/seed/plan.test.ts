import { describe, expect, it } from 'vitest';
import { placeOrder } from '../../../lambdas/shop/orders/operations.ts';
import { listProduct } from '../../../lambdas/shop/products/operations.ts';
import type { Course, OrderStatus } from '../../../lib/seed/courses.ts';
import { customers } from '../../../lib/seed/customers.ts';
import { MAX_ORDERS, type PlannedOrder, plannedOrders } from '../../../lib/seed/plan.ts';
import { limitedEdition, products } from '../../../lib/seed/products.ts';
import { assortment } from '../../../lib/seed/stock-shop.ts';

/** Where a shop with enough stock leaves an order. */
function restsIn({ paymentToken, steps, isTooMany }: Course): OrderStatus {
  const isPaid = paymentToken === 'tok_ok' || paymentToken === 'tok_flaky';
  const waited: OrderStatus = isPaid && !isTooMany ? 'confirmed' : 'rejected';
  const after = { wait: waited, ship: 'shipped', deliver: 'delivered', cancel: 'cancelled' } as const;
  const from = (status: OrderStatus): OrderStatus => {
    const step = steps[status];
    return step === undefined ? status : from(after[step]);
  };
  return from('placed');
}

const states = (orders: readonly PlannedOrder[]) => new Set(orders.map(({ course }) => restsIn(course)));

describe('the seeded shop', () => {
  it('has forty products, each with a name and a sku of its own', () => {
    expect(assortment).toHaveLength(40);
    expect(new Set(assortment.map(({ sku }) => sku)).size).toBe(40);
    expect(new Set(assortment.map(({ name }) => name)).size).toBe(40);
    expect(new Set(customers).size).toBe(12);
  });

  it('has orders in every state, in a small seed too', () => {
    expect(states(plannedOrders(9)).size).toBe(6);
    expect(plannedOrders(9).filter(({ course }) => restsIn(course) === 'rejected')).toHaveLength(2);
  });

  it('spreads its orders over all customers and most products', () => {
    const orders = plannedOrders(120);
    expect(new Set(orders.map(({ customer }) => customer)).size).toBe(12);
    expect(new Set(orders.flatMap(({ lines }) => lines.map(({ sku }) => sku))).size).toBeGreaterThan(30);
  });

  it('is the same each time, and a larger one holds the smaller ones', () => {
    expect(plannedOrders(30)).toEqual(plannedOrders(120).slice(0, 30));
    expect(new Set(plannedOrders(MAX_ORDERS).map(({ key }) => key)).size).toBe(MAX_ORDERS);
  });

  it('never sells out, but for the limited edition, which is asked for in larger numbers than there are', () => {
    const lines = plannedOrders(MAX_ORDERS).flatMap((order) => order.lines);
    const wanted = Map.groupBy(lines, ({ sku }) => sku);
    for (const { sku, stock } of products) {
      const sum = (wanted.get(sku) ?? []).reduce((total, { quantity }) => total + quantity, 0);
      expect({ sku, isEnough: sum <= stock }).toEqual({ sku, isEnough: true });
    }
    const quantities = wanted.get(limitedEdition.sku)?.map(({ quantity }) => quantity);
    expect(Math.min(...(quantities ?? [0]))).toBeGreaterThan(limitedEdition.stock);
  });
});

describe('what the API takes', () => {
  it.each(assortment)('$sku', ({ sku, name, unitPrice }) => {
    expect(listProduct.body.safeParse({ sku, name, unitPrice, currency: 'EUR' }).error).toBeUndefined();
  });

  it('is every order', () => {
    const refused = plannedOrders(MAX_ORDERS).filter(
      ({ lines, course }) => !placeOrder.body.safeParse({ lines, paymentToken: course.paymentToken }).success,
    );
    expect(refused).toEqual([]);
  });
});
