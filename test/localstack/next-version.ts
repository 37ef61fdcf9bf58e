// The next version of this application, in a folder of its own: the catalogue folds its rows in another way, there is one more read
// model, a customer's orders are listed by another index, the oldest first, and orders lie in a table with other keys.
import { cp, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const parts = ['bin', 'lib', 'lambdas', 'local', 'cdk.json', 'package.json', 'tsconfig.json'];

const orderStatus = `
import { orderEvents } from './events.ts';
import type { Projection } from '../../spine/kernel/projections/projection.ts';
import { orderDetail } from './order-detail.ts';

interface StatusView {
  readonly statuses: readonly string[];
}

export const orderStatus: Projection<StatusView> = {
  ...orderDetail,
  name: 'order-status',
  folds: {
    order: {
      codec: orderEvents,
      evolve: (part: StatusView | undefined, { type }) => ({ statuses: [...(part?.statuses ?? []), type] }),
    },
  },
  indexKeys: () => ({}),
  cacheTags: ({ stream }) => [stream],
};
`;

const ordersById = `
import type { Projection } from '../../spine/kernel/projections/projection.ts';
import { type OrderView, orderDetail } from './order-detail.ts';

export const ordersById: Projection<OrderView> = {
  ...orderDetail,
  name: 'orders-by-id',
  viewKey: (stream) => stream.slice('order-'.length),
  replaces: orderDetail,
};
`;

/** @returns the folder of its CDK app; tests delete it */
export async function nextVersion(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'eventspine-next-'));
  for (const part of parts) await cp(part, join(folder, part), { recursive: true });
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  const shop = join(folder, 'lambdas/shop');
  await writeFile(join(shop, 'orders/order-status.ts'), orderStatus);
  await writeFile(join(shop, 'orders/orders-by-id.ts'), ordersById);
  await replace(join(shop, 'shop.ts'), [
    [
      "import { orderDetail } from './orders/order-detail.ts';",
      "$&\nimport { orderStatus } from './orders/order-status.ts';\nimport { ordersById } from './orders/orders-by-id.ts';",
    ],
    ['[orderDetail, customerOrders, catalogue]', '[orderDetail, customerOrders, catalogue, orderStatus, ordersById]'],
    ['orderQueries(modelOf(orderDetail)', 'orderQueries(modelOf(ordersById)'],
  ]);
  await replace(join(shop, 'products/catalogue.ts'), [
    ['generation: 1,', 'generation: 2,'],
    ['return event.data;', 'return { ...event.data, name: event.data.name.toUpperCase() };'],
  ]);
  await replace(join(shop, 'orders/customer-orders.ts'), [
    [
      'export const openByCustomer',
      "export const byAge = { name: 'by-age', partitionKey: 'ageOf', sortKey: 'age', replaces: byCustomer } as const;\n\n$&",
    ],
    ['indexes: [byCustomer,', 'indexes: [byAge, byCustomer,'],
    // By the time that is left until the year 2200.
    [
      '[byCustomer.partitionKey]: customerId,',
      "$&\n    ageOf: customerId,\n    age: String(Date.UTC(2200) - Date.parse(placedAt)).padStart(16, '0') + orderId,",
    ],
  ]);
  await replace(join(shop, 'orders/customer-order-query.ts'), [
    ['import { byCustomer,', 'import { byAge,'],
    ['index: byCustomer,', 'index: byAge,'],
  ]);
  return folder;
}

async function replace(file: string, changes: readonly (readonly [string, string])[]): Promise<void> {
  let text = await readFile(file, 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${file} must hold "${from}"`);
    text = text.replace(from, to);
  }
  await writeFile(file, text);
}
