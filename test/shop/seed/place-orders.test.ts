// Orders are followed through what a shop may answer: other states meanwhile, keys that it has forgotten, an order that stands still.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ShopApi } from '../../../lib/deployment/shop-api.ts';
import type { Course, OrderStatus } from '../../../lib/seed/courses.ts';
import { placeOrders, type SeededOrder } from '../../../lib/seed/place-orders.ts';

const course: Course = { paymentToken: 'tok_ok', steps: { placed: 'wait', confirmed: 'ship', shipped: 'deliver' } };
const order = { key: 'seed-order-001', customer: 'alice', lines: [{ sku: 'A', quantity: 1 }], course };

interface Reply {
  readonly status: number;
  readonly body: object;
}
const placed: Reply = { status: 201, body: { orderId: 'O', version: 1, status: 'placed' } };
const seen = (status: OrderStatus, version: number): Reply => ({ status: 200, body: { status, version } });
const done: Reply = { status: 200, body: {} };

let server: Server;
let replies: Reply[];
let asked: string[];

beforeEach(async () => {
  replies = [];
  asked = [];
  server = createServer((request, response) => {
    asked.push(
      `${request.headers.authorization} ${request.method} ${request.url} ${request.headers['idempotency-key'] ?? ''}`,
    );
    const { status, body } = replies.shift() ?? { status: 500, body: {} };
    response.writeHead(status).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function seedOne(patienceInMillis = 10_000): Promise<SeededOrder[]> {
  const anyone = new ShopApi(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const shop = { staff: anyone.as('sam'), as: (customer: string) => anyone.as(customer), patienceInMillis };
  return placeOrders(shop, [order], () => {});
}

describe('an order of the seed', () => {
  it('is taken from state to state, each step under a key of its own', async () => {
    replies.push(placed, seen('placed', 1), seen('confirmed', 2), done, seen('shipped', 3), done, seen('delivered', 4));
    expect(await seedOne()).toEqual([{ orderId: 'O', customer: 'alice', status: 'delivered' }]);
    expect(asked).toEqual([
      'Bearer alice POST /orders seed-order-001',
      'Bearer alice GET /orders/O?consistentWith=order-O@1 ',
      'Bearer alice GET /orders/O?consistentWith=order-O@1 ',
      'Bearer sam POST /orders/O/ship seed-order-001-ship',
      'Bearer alice GET /orders/O?consistentWith=order-O@2 ',
      'Bearer sam POST /orders/O/deliver seed-order-001-deliver',
      'Bearer alice GET /orders/O?consistentWith=order-O@3 ',
    ]);
  });

  it('is looked at again when it went on before a step', async () => {
    replies.push(
      placed,
      seen('confirmed', 2),
      { status: 409, body: { code: 'order_not_shippable' } },
      seen('cancelled', 3),
    );
    expect(await seedOne()).toEqual([{ orderId: 'O', customer: 'alice', status: 'cancelled' }]);
  });

  it('is left out when it was placed under a key that the shop has forgotten', async () => {
    replies.push({ status: 409, body: { code: 'order_already_placed' } });
    expect(await seedOne()).toEqual([]);
  });

  it('ends the seed when it is refused', async () => {
    replies.push({ status: 409, body: { code: 'too_many_open_orders' } });
    await expect(seedOne()).rejects.toThrow(/\/orders should succeed; it answered 409: .*too_many_open_orders/);
  });

  it('ends the seed when it stands still, by name', async () => {
    replies.push(placed, ...Array.from({ length: 100 }, () => seen('placed', 1)));
    await expect(seedOne(300)).rejects.toThrow('Order O is placed and should have gone on within 0.3 s.');
  });
});
