// What an order asks of AWS on its whole way, alone and so at its dearest: the table that `npm run cost` reckons with.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { looks } from '../../lib/cost/assumptions.ts';
import { sizes } from '../../lib/cost/order.ts';
import { OrdersWay } from './order-cost/measure.ts';

/** Rises are to be seen and meant: `npx vitest run -u --project contract test/contract/order-cost.test.ts` writes the table anew. */
const TABLE = '../../lib/cost/requests.json';
/** Ids are random, and so is how well they pack. */
const TOLERANCE = 0.1;

/** Before any module reads it: what is logged is a part of the cost. */
vi.hoisted(() => {
  process.env['POWERTOOLS_LOG_LEVEL'] = 'INFO';
});

let way: OrdersWay;
let staff: string;
let customer: string;
let logBytes = 0;

beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    logBytes += text.length;
    return true;
  });
  way = await OrdersWay.start();
  staff = await way.aws.token({ sub: 'clerk', groups: ['staff'] });
  customer = await way.aws.token({ sub: 'alice', email: 'alice@example.com' });
  const product = { sku: 'DESK', name: 'Walnut desk', unitPrice: 12_500, currency: 'EUR' };
  await way.ask(staff, 'POST /products', '/products', product);
  await way.ask(staff, 'POST /products/{sku}/stock', '/products/DESK/stock', { quantity: 1_000 });
  await way.settle();
  // The first order warms the functions up: what they keep of streams spares the second one reads, as it does most orders on AWS.
  await liveOneOrder();
  way.tallies.take();
  way.hints.clear();
});
afterAll(() => {
  vi.restoreAllMocks();
  return way.stop();
});

async function liveOneOrder(): Promise<string> {
  const lines = [{ sku: 'DESK', quantity: 1 }];
  const { orderId } = (await way.ask(customer, 'POST /orders', '/orders', { lines, paymentToken: 'tok_ok' })) as {
    readonly orderId: string;
  };
  await way.settle();
  const shipment = { carrier: 'DHL', trackingNumber: '1' };
  await way.ask(staff, 'POST /orders/{orderId}/ship', `/orders/${orderId}/ship`, shipment);
  await way.settle();
  await way.ask(staff, 'POST /orders/{orderId}/deliver', `/orders/${orderId}/deliver`, {});
  await way.settle();
  return orderId;
}

it('takes no more requests than the table that costs are reckoned with, and is as large as it says', async () => {
  const { aws, units } = way;
  const sizeOf = () => ({
    emails: aws.emails,
    tags: aws.invalidatedTags,
    commits: aws.committed,
    records: aws.recordBytes,
    events: units.bytes('events.table'),
    rows: units.bytes('order-detail.table') + units.bytes('customer-orders.table'),
  });
  const before = sizeOf();
  const logsBefore = logBytes;
  const orderId = await liveOneOrder();
  const logs = logBytes - logsBefore;
  const grown = Object.fromEntries(
    Object.entries(sizeOf()).map(([name, size]) => [name, size - before[name as keyof typeof before]]),
  );
  const { emails, tags, commits = 0, records = 0, events, rows } = grown;
  const functions = way.tallies.take();
  const hints = Object.fromEntries([...way.hints].map(([queue, count]) => [queue.replace('/queue', ''), count]).sort());

  const queries: Record<string, unknown> = {};
  for (const [route, path] of Object.entries(pages(orderId))) {
    await way.ask(customer, route, path);
    queries[route] = way.tallies.take()['query'];
  }
  const order = { functions, hints, commits, emails, tags };
  const stage = { ...way.stage.numbers, memoryInMegabytes: way.stage.memoryInMegabytes };
  await expect(`${JSON.stringify({ order, queries, stage }, null, 2)}\n`).toMatchFileSnapshot(TABLE);
  for (const [measured, stated] of [
    [events, sizes.events],
    [rows, sizes.rows],
    [records / commits, sizes.loneRecord],
    [logs, sizes.logs],
  ] as const)
    expect(Math.abs((measured ?? 0) / stated - 1), `${measured} for ${stated}`).toBeLessThan(TOLERANCE);
});

const pages = (orderId: string): Readonly<Record<keyof typeof looks, string>> => ({
  'GET /products': '/products',
  'GET /products/{sku}': '/products/DESK',
  'GET /orders/{orderId}': `/orders/${orderId}`,
  'GET /customers/{customerId}/orders': '/customers/me/orders',
});
