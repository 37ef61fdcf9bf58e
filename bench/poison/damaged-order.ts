// An order that no subscriber can read, and that a command still can: an event in its midst is of a type that this code does not know, as
// one of a later version that was rolled back, while the state that rides in its newest commit is sound.
import { join } from 'node:path';
import { readItems, writeItems } from '../../local/exports/data-files.ts';
import type { WireItem } from '../../local/services/dynamodb/wire.ts';
import { newDataDirectory, startEventspine } from '../../test/support/eventspine.ts';
import { openShop, untilIdle } from '../host/shoppers.ts';

export interface DamagedOrder {
  readonly orderId: string;
  /** File of an export whose events a host can begin with. */
  readonly file: string;
  readonly dataDirectory: string;
}

/** Has a host confirm an order, and damages it in the host's export. */
export async function damagedOrder(): Promise<DamagedOrder> {
  const dataDirectory = await newDataDirectory();
  const host = await startEventspine(dataDirectory);
  try {
    const { anyone, skus, customers } = await openShop(host.url);
    const order = { lines: [{ sku: skus[0], quantity: 1 }], paymentToken: 'tok_ok' };
    const placed = await customers[0]?.post<{ orderId: string }>('/orders', order);
    const orderId = placed?.body.orderId ?? '';
    await untilIdle(anyone);
    const { body } = await anyone.post<{ folder: string }>('/local/export', {});
    const file = join(dataDirectory, 'damaged.json.gz');
    await writeItems(file, damaged(body.folder, `order-${orderId}`));
    return { orderId, file, dataDirectory };
  } finally {
    await host.stop();
  }
}

async function* damaged(folder: string, stream: string): AsyncGenerator<WireItem> {
  for await (const item of readItems(folder)) {
    const { S: name } = item['stream'] as { S?: string };
    const { S: events = '' } = item['events'] as { S?: string };
    const isPlacing = name === stream && events.includes('OrderPlaced');
    yield isPlacing ? { ...item, events: { S: events.replaceAll('OrderPlaced', 'OrderTeleported') } } : item;
  }
}
