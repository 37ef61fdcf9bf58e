// One hop is broken for a while: what goes elsewhere does not notice, and what could not go there follows by itself.
import { expect, it } from 'vitest';
import { orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import { productDecider } from '../../../lambdas/shop/products/decider.ts';
import { stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { run } from '../../support/commands.ts';
import { type Shop, shop } from './shop.ts';

const product = { name: 'Anvil', unitPrice: 1050, currency: 'EUR' };

async function stock({ store }: Shop): Promise<void> {
  await run(store, productDecider, 'product-A', { type: 'ListProduct', sku: 'A', ...product });
  await run(store, stockDecider, 'stock-A', { type: 'ReceiveStock', sku: 'A', quantity: 10, isListed: true });
}

const order = ({ store }: Shop, id: string, command: object) =>
  run(store, orderDecider, `order-${id}`, { orderId: id, ...command } as never, { time: '2026-01-01T00:00:00.000Z' });

const place = (world: Shop, id: string) =>
  order(world, id, {
    ...{ type: 'PlaceOrder', customerId: id, email: `${id}@customers.example`, paymentToken: 'tok_ok' },
    lines: [{ sku: 'A', quantity: 1, product }],
  });

const status = ({ row }: Shop, id: string) => (row('order-detail', `order-${id}`) as { status: string }).status;

it('the mails’ queue: orders go on, nobody else is told twice, and the e-mails follow', async () => {
  const world = shop({ batchSizes: [3] });
  await stock(world);
  world.broken.add('notifications');
  for (const id of ['one', 'two', 'three']) await place(world, id);
  await world.settle();
  for (let attempt = 0; attempt < 3; attempt += 1) await world.redriveOnce();

  expect(['one', 'two', 'three'].map((id) => status(world, id))).toEqual(['confirmed', 'confirmed', 'confirmed']);
  expect(world.mails).toEqual([]);
  expect(world.troubles().failures).toBe(0);
  for (const name of ['order-detail', 'customer-orders', 'catalogue', 'order-fulfilment']) {
    const told = world.deliveries(name);
    expect(told.length).toBeGreaterThan(0);
    expect(new Set(told).size).toBe(told.length);
  }

  world.broken.clear();
  await world.redriveOnce();
  expect(world.mails.map(({ to }) => to).toSorted()).toEqual(
    ['one', 'three', 'two'].map((id) => `${id}@customers.example`),
  );
  expect(world.troubles()).toEqual({ failures: 0, left: 0 });
});

it('the fulfilment’s queue: it learns of all that it missed, not of the newest alone', async () => {
  const world = shop({ batchSizes: [10] });
  await stock(world);
  await place(world, 'one');
  await world.settle();
  world.broken.add('order-fulfilment');
  await order(world, 'one', { type: 'ShipOrder', carrier: 'DHL', trackingNumber: '1' });
  await order(world, 'one', { type: 'DeliverOrder' });
  await world.settle();
  const stockEvents = () => world.store.commits('stock-A').flatMap(({ events }) => events.map(({ type }) => type));
  expect(stockEvents()).not.toContain('StockShipped');

  world.broken.clear();
  await world.redriveOnce();
  expect(stockEvents()).toContain('StockShipped');
  expect(status(world, 'one')).toBe('delivered');
});

it('the event stream: everybody learns of what came meanwhile', async () => {
  const world = shop({ batchSizes: [10] });
  await stock(world);
  await world.settle();
  world.breakStream(true);
  await place(world, 'one');
  await world.settle();
  await world.redriveOnce();
  expect(world.row('order-detail', 'order-one')).toBeUndefined();

  world.breakStream(false);
  await world.redriveOnce();
  expect(status(world, 'one')).toBe('confirmed');
  expect(world.mails).toHaveLength(1);
  expect(world.troubles()).toEqual({ failures: 0, left: 0 });
});
