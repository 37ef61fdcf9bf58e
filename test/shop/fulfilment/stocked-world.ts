// A world with some products on the shelf, and customers who order them.
import { orderDecider } from '../../../lambdas/shop/orders/decider.ts';
import { productDecider } from '../../../lambdas/shop/products/decider.ts';
import { stockDecider } from '../../../lambdas/shop/stock/decider.ts';
import { run as execute } from '../../support/commands.ts';
import { fulfilmentWorld } from './world.ts';

const product = { name: 'Thing', unitPrice: 5, currency: 'EUR' };

export async function stockedWorld(onHand: Readonly<Record<string, number>>) {
  const world = fulfilmentWorld();
  const provenance = () => ({ time: world.now().toISOString() });
  for (const [sku, quantity] of Object.entries(onHand)) {
    await execute(world.store, productDecider, `product-${sku}`, { type: 'ListProduct', sku, ...product });
    await execute(world.store, stockDecider, `stock-${sku}`, { type: 'ReceiveStock', sku, quantity, isListed: true });
  }
  return {
    ...world,
    async place(orderId: string, sku = 'A', paymentToken = 'tok_ok', quantity = 1): Promise<void> {
      const lines = [{ sku, quantity, product }];
      const command = { type: 'PlaceOrder', orderId, customerId: 'c', paymentToken, lines } as const;
      await execute(world.store, orderDecider, `order-${orderId}`, command, provenance());
    },
    async cancel(orderId: string): Promise<void> {
      const command = { type: 'CancelOrder', orderId, reason: 'r' } as const;
      await execute(world.store, orderDecider, `order-${orderId}`, command, provenance());
    },
    typesOf: (stream: string) =>
      world.commits
        .filter((commit) => commit.stream === stream)
        .flatMap(({ events }) => events.map(({ type }) => type)),
  };
}
