// Customers order, look and cancel.
import type { Act } from '../../../../lambdas/spine/testing/simulator/application.ts';
import type { Client } from '../../../../lambdas/spine/testing/simulator/client.ts';
import type { Chance } from '../../../../lambdas/spine/testing/simulator/world/chance.ts';
import { Violation } from '../../../../lambdas/spine/testing/simulator/world/world.ts';
import type { Outside } from '../outside.ts';
import { SKUS } from '../skus.ts';
import { as, asCustomer } from './callers.ts';
import { keyOf, type PlacedOrder } from './placed-order.ts';

const TOKENS = ['tok_ok', 'tok_ok', 'tok_ok', 'tok_declined', 'tok_silent'] as const;

export function place(chance: Chance, { number, customer, orderId }: PlacedOrder, inMillis: number): Act<Outside> {
  const lines = SKUS.filter((_, index) => index === 0 || chance.happens(`line of ${number}`, 0.5)).map((sku) => ({
    ...{ sku, quantity: 1 + chance.below(`quantity of ${number}`, 3) },
  }));
  const email = chance.among(`e-mail of ${number}`, [
    `${customer}@example.com`,
    `${customer}@example.com`,
    `refused-${customer}@example.com`,
    undefined,
  ]);
  const paymentToken = chance.among(`token of ${number}`, TOKENS);
  return {
    name: `${customer} places order ${number} with ${paymentToken}`,
    inMillis,
    async run(client) {
      const token = { customerId: customer, isStaff: false, ...(email !== undefined && { email }) };
      const body = { lines, paymentToken };
      const headers = as(token, keyOf(number));
      const answer = await client.send({ function: 'orders-command', route: 'POST /orders', headers, body });
      if (answer?.status !== 201) return;
      client.saw(`order-${orderId}`, Number(answer.body['version']));
      await see(client, orderId, customer);
    },
  };
}

/** Reads the order at least as new as it was seen before, and sees that it is. */
async function see(client: Client, orderId: string, customer: string): Promise<void> {
  const stream = `order-${orderId}`;
  const known = client.known(stream);
  const query = known > 0 ? { consistentWith: `${stream}@${known}` } : {};
  const headers = asCustomer(customer);
  const answer = await client.send({
    function: 'query',
    route: 'GET /orders/{orderId}',
    path: { orderId },
    query,
    headers,
  });
  if (answer === undefined) return;
  if (answer.status === 404 && known > 0)
    throw new Violation(`${client.name} had seen ${stream}@${known}, and now there is none`);
  if (answer.status === 200) client.saw(stream, Number(answer.body['version']));
}

export function look(chance: Chance, { number, customer, orderId }: PlacedOrder, inMillis: number): Act<Outside> {
  const times = 1 + chance.below(`looks at ${number}`, 4);
  return {
    name: `${customer} looks at order ${number}`,
    inMillis,
    async run(client) {
      for (let time = 0; time < times; time += 1) {
        await see(client, orderId, customer);
        await client.wait(200 * 4 ** time);
      }
      const headers = asCustomer(customer);
      const path = { customerId: 'me' };
      await client.send({ function: 'query', route: 'GET /customers/{customerId}/orders', path, headers });
      await client.send({ function: 'query', route: 'GET /products/{sku}', path: { sku: SKUS[0] } });
    },
  };
}

export const cancel = ({ number, customer, orderId }: PlacedOrder, inMillis: number): Act<Outside> => ({
  name: `${customer} cancels order ${number}`,
  inMillis,
  async run(client) {
    await client.send({
      function: 'orders-command',
      route: 'POST /orders/{orderId}/cancel',
      path: { orderId },
      headers: asCustomer(customer, `cancel-${number}`),
      body: { reason: 'r' },
    });
  },
});
