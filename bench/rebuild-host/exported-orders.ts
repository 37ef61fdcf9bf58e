// An export of so many orders, as a host begins with it.
import { commitToItem } from '../../lambdas/spine/aws/dynamodb/commit-item.ts';
import { writeItems } from '../../local/exports/data-files.ts';
import type { WireItem } from '../../local/services/dynamodb/wire.ts';
import { commitsOf } from '../rebuild/log.ts';

/** @returns commits, each of one event */
export const exportOrders = (file: string, orders: number): Promise<number> => writeItems(file, itemsOf(orders));

async function* itemsOf(orders: number): AsyncGenerator<WireItem> {
  for (let order = 0; order < orders; order += 1) {
    for (const commit of commitsOf(order)) yield asItTravels(commitToItem(commit));
  }
}

const asItTravels = (item: ReturnType<typeof commitToItem>): WireItem =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value.B === undefined ? value : { B: Buffer.from(value.B).toString('base64') },
    ]),
  );
