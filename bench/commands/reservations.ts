// Reservations of a product that has so many open already, through its stock streams.
import { eventTableKey } from '../../lambdas/spine/bindings/tables.ts';
import { onOneProduct } from '../contention/on-one-product.ts';
import { clientOf } from '../dynamodb/client.ts';
import { meter } from '../dynamodb/meter.ts';
import type { Competitor } from './contestants.ts';

const SKU = 'IN-DEMAND';
const KEYS = [eventTableKey.partition, eventTableKey.sort];

/** Has the product there with so many reservations open. @returns who reserves more of it, cold and warm */
export async function reservations(endpoint: string, open: number): Promise<Competitor[]> {
  const client = onOneProduct.clientOf(endpoint);
  await onOneProduct.prepare(client, SKU);
  const reserve = onOneProduct.start(client);
  for (let number = 1; number <= open; number += 1) await reserve(SKU, number);
  return [false, true].map((warm) => competitor(endpoint, warm));
}

function competitor(endpoint: string, warm: boolean): Competitor {
  const timedClient = onOneProduct.clientOf(endpoint);
  async function commandsOn(client: typeof timedClient, count: number) {
    const kept = warm ? onOneProduct.start(client) : undefined;
    await kept?.(SKU, 0);
    return Array.from({ length: count }, (_, number) => () => (kept ?? onOneProduct.start(client))(SKU, number));
  }
  return {
    name: `reservation ${warm ? 'warm' : 'cold'}`,
    system: 'eventspine, a reservation',
    warm,
    prepare: (_, count) => commandsOn(timedClient, count),
    async cost(_, count) {
      const client = onOneProduct.clientOf(endpoint);
      const commands = await commandsOn(client, count);
      const costs = meter(client, clientOf(endpoint), KEYS);
      for (const reserve of commands) await reserve();
      return costs.take();
    },
  };
}
