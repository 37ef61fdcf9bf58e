// Staff fill the shelves and ship.
import type { Act } from '../../../../lambdas/spine/testing/simulator/application.ts';
import type { Client } from '../../../../lambdas/spine/testing/simulator/client.ts';
import type { Outside } from '../outside.ts';
import { as, staff } from './callers.ts';
import type { PlacedOrder } from './placed-order.ts';

const MINUTE_IN_MILLIS = 60_000;

/** Staff try until the order is confirmed, for a while; then it is delivered. */
export function ship({ number, orderId }: PlacedOrder, inMillis: number): Act<Outside> {
  const send = (client: Client, what: string, body: object) => {
    const headers = as(staff, `${what}-${number}`);
    return client.send({
      function: 'orders-command',
      route: `POST /orders/{orderId}/${what}`,
      path: { orderId },
      headers,
      body,
    });
  };
  return {
    name: `staff ship order ${number}`,
    inMillis,
    async run(client) {
      for (let tries = 0; tries < 5; tries += 1) {
        const answer = await send(client, 'ship', { carrier: 'c', trackingNumber: 't' });
        if (answer?.status === 200) {
          await send(client, 'deliver', {});
          return;
        }
        await client.wait(MINUTE_IN_MILLIS);
      }
    },
  };
}

/** The shelf is filled before the customers come. */
export const shelve = (sku: string, quantity: number): Act<Outside> => ({
  name: `staff put ${quantity} ${sku} on the shelf`,
  inMillis: 0,
  async run(client) {
    const body = { sku, name: sku, unitPrice: 5, currency: 'EUR' };
    await client.send({
      function: 'products-command',
      route: 'POST /products',
      headers: as(staff, `list-${sku}`),
      body,
    });
    await receive('', 0, sku, quantity).run(client, undefined as never);
  },
});

export const receive = (name: string, inMillis: number, sku: string, quantity: number): Act<Outside> => ({
  name: `staff receive ${name}`,
  inMillis,
  async run(client) {
    const headers = as(staff, `receive-${sku}-${name.replaceAll(' ', '-')}`);
    await client.send({
      function: 'products-command',
      route: 'POST /products/{sku}/stock',
      path: { sku },
      headers,
      body: { quantity },
    });
  },
});

export const openStreams = (inMillis: number, sku: string, streams: number): Act<Outside> => ({
  name: `staff open ${streams} streams of ${sku}`,
  inMillis,
  async run(client) {
    const headers = as(staff, `streams-${sku}`);
    await client.send({
      function: 'products-command',
      route: 'POST /products/{sku}/stock/streams',
      path: { sku },
      headers,
      body: { streams },
    });
  },
});

export const reprice = (inMillis: number, sku: string): Act<Outside> => ({
  name: `staff change the price of ${sku}`,
  inMillis,
  async run(client) {
    const headers = as(staff, `price-${sku}`);
    await client.send({
      function: 'products-command',
      route: 'POST /products/{sku}/price',
      path: { sku },
      headers,
      body: { unitPrice: 7 },
    });
  },
});
