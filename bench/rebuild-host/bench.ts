// Rebuilds on a host with many orders, while orders are placed and read: its read models are filled after an import, over a kill half
// way, and what its next version replaces and adds.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nextVersion } from '../../test/localstack/next-version.ts';
import { type Eventspine, newDataDirectory, startEventspine } from '../../test/support/eventspine.ts';
import { openShop } from '../host/shoppers.ts';
import { EVENTS_OF_AN_ORDER } from '../rebuild/log.ts';
import type { Bench, Progress, Row } from '../suite/definition.ts';
import { exportOrders } from './exported-orders.ts';
import { beginRebuild, operatorAt, type Rebuilt, untilSwept } from './rebuild.ts';
import { trafficUntil } from './traffic.ts';

const ORDERS = Number(process.env['ORDERS'] ?? 10_000);

export const bench: Bench = {
  name: 'rebuild-host',
  summary:
    'read models of a host with 10,000 orders (ORDERS) filled and replaced under traffic: seconds, events a second',
  async run({ isQuick }, progress) {
    const orders = isQuick ? Math.ceil(ORDERS / 50) : ORDERS;
    const folder = await mkdtemp(join(tmpdir(), 'eventspine-orders-'));
    const dataDirectory = await newDataDirectory();
    const next = await nextVersion();
    let host: Eventspine | undefined;
    try {
      const file = join(folder, 'orders.json.gz');
      progress(`exporting ${orders} orders`);
      await exportOrders(file, orders);
      progress('a host begins with them');
      const importing = performance.now();
      host = await startEventspine(dataDirectory, {}, ['--import', file]);
      const importSeconds = (performance.now() - importing) / 1_000;
      const rows: Row[] = [
        { what: 'import, and start', orders, events: orders * EVENTS_OF_AN_ORDER, seconds: importSeconds },
      ];
      const measured = (what: string, readModel: string, areThere: boolean) =>
        rebuildUnder(host as Eventspine, { what, readModel, orders, areThere }, progress);
      rows.push(await measured('customer-orders filled', 'customer-orders', false));
      const killed = await killedHalfWay(host, dataDirectory, progress);
      host = killed.host;
      rows.push(rowOf('order-detail filled, killed half way', orders, killed.rebuilt));
      await host.stop();
      host = await startEventspine(dataDirectory, {}, [], next);
      rows.push(await measured('an index of customer-orders replaced', 'customer-orders', true));
      rows.push(await measured('the table of order-detail replaced', 'orders-by-id', true));
      rows.push(await measured('a read model added', 'order-status', true));
      return { rows };
    } finally {
      await host?.kill();
      await Promise.all([folder, dataDirectory, next].map((each) => rm(each, { recursive: true })));
    }
  },
};

interface Measured {
  readonly what: string;
  readonly readModel: string;
  readonly orders: number;
  readonly areThere: boolean;
}

async function rebuildUnder(
  { url }: Eventspine,
  { what, readModel, orders, areThere }: Measured,
  progress: Progress,
): Promise<Row> {
  progress(what);
  const [operator, shop] = await Promise.all([operatorAt(url), openShop(url)]);
  const id = await beginRebuild(operator, readModel);
  const done = untilSwept(operator, id);
  const traffic = await trafficUntil(operator, shop, { orders, areThere }, done);
  return { ...rowOf(what, orders, await done), ...traffic };
}

async function killedHalfWay(before: Eventspine, dataDirectory: string, progress: Progress) {
  progress('order-detail filled, killed half way');
  const operator = await operatorAt(before.url);
  const id = await beginRebuild(operator, 'order-detail');
  await untilSwept(operator, id, 0.5);
  await before.kill();
  const host = await startEventspine(dataDirectory);
  return { host, rebuilt: await untilSwept(await operatorAt(host.url), id) };
}

function rowOf(what: string, orders: number, { swept, written, startedAt, endedAt }: Rebuilt): Row {
  const seconds = (Date.parse(endedAt ?? startedAt) - Date.parse(startedAt)) / 1_000;
  // Of the whole table, which it scans; it counts those of its own streams.
  const events = orders * EVENTS_OF_AN_ORDER;
  return { what, orders, events, seconds, eventsASecond: Math.round(events / seconds), own: swept, written };
}
