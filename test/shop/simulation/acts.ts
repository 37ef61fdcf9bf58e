// What people do in the shop: staff stock it, customers order, look and cancel, and their banks answer late.

import { signCallback } from '../../../lambdas/shop/payments/providers/callback-signature.ts';
import { newIdFor } from '../../../lambdas/spine/http/commands/new-id.ts';
import { type Commit, categoryOf, idOf } from '../../../lambdas/spine/kernel/envelope.ts';
import type { Act } from '../../../lambdas/spine/testing/simulator/application.ts';
import type { Chance } from '../../../lambdas/spine/testing/simulator/chance.ts';
import type { Client } from '../../../lambdas/spine/testing/simulator/client.ts';
import { Violation } from '../../../lambdas/spine/testing/simulator/world.ts';
import { CALLBACK_SECRET, type Token } from './http.ts';
import type { Outside } from './outside.ts';

export const SKUS = ['A', 'B'] as const;

const CUSTOMERS = ['ann', 'bob'] as const;
const TOKENS = ['tok_ok', 'tok_ok', 'tok_ok', 'tok_declined', 'tok_silent'] as const;
const MOST_ORDERS = 4;
/** All that people do begins within one of these: the shorter, the more of it meets. */
const BUSY_IN_MILLIS = [500, 5_000, 60_000] as const;
const MINUTE_IN_MILLIS = 60_000;
/** Every ten minutes for three days. */
const DAYS_OF_CALLBACKS = 432;

export const orderIdsIn = (commits: readonly Commit[]): string[] => [
  ...new Set(commits.filter(({ stream }) => categoryOf(stream) === 'order').map(({ stream }) => idOf(stream))),
];

interface PlacedOrder {
  readonly number: number;
  readonly customer: string;
  readonly orderId: string;
}

const staff: Token = { customerId: 'staff', isStaff: true };
const as = (token: Token, key?: string) => ({
  authorization: JSON.stringify(token),
  ...(key !== undefined && { 'idempotency-key': key }),
});

export function acts(chance: Chance): Act<Outside>[] {
  const some = (site: string, count: number) => 1 + chance.below(site, count);
  const busyInMillis = chance.among('busy', BUSY_IN_MILLIS);
  const soon = (site: string) => 2_000 + chance.at(site) * busyInMillis;
  const orders = Array.from({ length: some('orders', MOST_ORDERS) }, (_, number) => placed(chance, number));
  const onShelf = SKUS.map((sku) => shelve(sku, some(`stock of ${sku}`, 6)));
  const extra = SKUS.flatMap((sku) => [
    ...(chance.happens(`more of ${sku}`, 0.3) ? [receive(`more of ${sku}`, soon(`when more of ${sku}`), sku, 3)] : []),
    ...(chance.happens(`streams of ${sku}`, 0.3)
      ? [openStreams(soon(`when streams of ${sku}`), sku, some('streams', 3))]
      : []),
    ...(chance.happens(`price of ${sku}`, 0.2) ? [reprice(soon(`when price of ${sku}`), sku)] : []),
  ]);
  return [...onShelf, ...extra, ...orders.flatMap((order) => ofOrder(chance, order, soon, busyInMillis))];
}

function placed(chance: Chance, number: number): PlacedOrder {
  const customer = chance.among('customers', CUSTOMERS);
  const headers = { 'idempotency-key': keyOf(number) };
  const caller = { customerId: customer, isStaff: false, isAdmin: false, expiresAtInSeconds: 0 };
  return { number, customer, orderId: newIdFor({ caller, headers, arrival: { id: '', time: '' } }) };
}

const keyOf = (number: number): string => `order-${number}`;

function ofOrder(
  chance: Chance,
  order: PlacedOrder,
  soon: (site: string) => number,
  busyInMillis: number,
): Act<Outside>[] {
  const { number, customer, orderId } = order;
  const path = { orderId };
  const mayDo = (what: string, share: number, act: () => Act<Outside>) =>
    chance.happens(`${what} ${number}`, share) ? [act()] : [];
  const at = soon(`when ${number}`);
  const later = (what: string) => at + chance.at(`when ${what} ${number}`) * 2 * busyInMillis;
  const callback = (outcome: 'captured' | 'declined'): Act<Outside> => ({
    name: `the bank of order ${number}: ${outcome}`,
    inMillis: at + chance.at(`when bank ${number}`) * 40 * MINUTE_IN_MILLIS,
    run: (client, outside) => answerLate(client, outside, orderId, outcome),
  });
  return [
    place(chance, order, at),
    look(chance, order, at + 1_000),
    ...mayDo('cancel', 0.3, () => ({
      name: `${customer} cancels order ${number}`,
      inMillis: later('cancel'),
      run: async (client) => {
        const headers = as({ customerId: customer, isStaff: false }, `cancel-${number}`);
        await client.send({
          function: 'orders-command',
          route: 'POST /orders/{orderId}/cancel',
          path,
          headers,
          body: { reason: 'r' },
        });
      },
    })),
    ...mayDo('ship', 0.5, () => ship(order, later('ship'))),
    ...mayDo('capture late', 0.4, () => callback('captured')),
    ...mayDo('decline late', 0.2, () => callback('declined')),
  ];
}

function place(chance: Chance, { number, customer, orderId }: PlacedOrder, inMillis: number): Act<Outside> {
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
  const headers = as({ customerId: customer, isStaff: false });
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

function look(chance: Chance, { number, customer, orderId }: PlacedOrder, inMillis: number): Act<Outside> {
  const times = 1 + chance.below(`looks at ${number}`, 4);
  return {
    name: `${customer} looks at order ${number}`,
    inMillis,
    async run(client) {
      for (let time = 0; time < times; time += 1) {
        await see(client, orderId, customer);
        await client.wait(200 * 4 ** time);
      }
      const headers = as({ customerId: customer, isStaff: false });
      const path = { customerId: 'me' };
      await client.send({ function: 'query', route: 'GET /customers/{customerId}/orders', path, headers });
      await client.send({ function: 'query', route: 'GET /products/{sku}', path: { sku: SKUS[0] } });
    },
  };
}

/** Staff try until the order is confirmed, for a while; then it is delivered. */
function ship({ number, orderId }: PlacedOrder, inMillis: number): Act<Outside> {
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

/** The provider signs its answer anew each time that it sends it, for days (https://docs.stripe.com/webhooks#retries). */
async function answerLate(
  client: Client,
  { books, now }: Outside,
  orderId: string,
  outcome: 'captured' | 'declined',
): Promise<void> {
  const transactionId = outcome === 'captured' ? books.captureLate(orderId) : undefined;
  if (outcome === 'captured' && transactionId === undefined) return;
  if (outcome === 'declined' && !books.declineLate(orderId)) return;
  const body = { orderId, outcome, ...(transactionId !== undefined && { transactionId }) };
  for (let tries = 0; tries < DAYS_OF_CALLBACKS; tries += 1) {
    const signature = signCallback(CALLBACK_SECRET, JSON.stringify(body), Math.floor(now() / 1_000));
    const headers = { 'payment-signature': signature };
    const request = { function: 'payment-callback', route: 'POST /payment-callbacks', headers, body };
    if ((await client.send(request, 1))?.status === 202) return;
    await client.wait(10 * MINUTE_IN_MILLIS);
  }
}

/** The shelf is filled before the customers come. */
const shelve = (sku: string, quantity: number): Act<Outside> => ({
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

const receive = (name: string, inMillis: number, sku: string, quantity: number): Act<Outside> => ({
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

const openStreams = (inMillis: number, sku: string, streams: number): Act<Outside> => ({
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

const reprice = (inMillis: number, sku: string): Act<Outside> => ({
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
