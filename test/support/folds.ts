// Whether what read models show is what the events say: each row beside the fold of its stream's events, over HTTP.
import pMap from 'p-map';
import type { ApiClient } from './api-client.ts';
import type { EventsBody, OrderBody, OrderPage, ProductBody } from './contract-bodies.ts';
import { whenAvailable } from './load.ts';

const AT_ONCE = 8;

/** The orders whose row is not the fold of all their events, with both. */
export async function rowsThatAreNoFolds(staff: ApiClient, orderIds: readonly string[]): Promise<readonly string[]> {
  const checked = await pMap(orderIds, (orderId) => rowBesideFold(staff, orderId), { concurrency: AT_ONCE });
  return checked.filter(({ row, fold }) => row !== fold).map(({ row, fold }) => `${row} and not ${fold}`);
}

async function rowBesideFold(staff: ApiClient, orderId: string): Promise<{ row: string; fold: string }> {
  const path = `/orders/${orderId}`;
  const get = <Body>(address: string) => whenAvailable(() => staff.get<Body>(address));
  const { body } = await get<EventsBody>(`${path}/events`);
  const [row, fold] = await Promise.all([get(path), get(`${path}?version=${body.events?.length}`)]);
  return { row: JSON.stringify(row.body), fold: JSON.stringify(fold.body) };
}

type Summary = OrderPage['orders'][number];

/** All orders of a customer, as the list shows them. */
export async function listed(staff: ApiClient, customerId: string): Promise<readonly Summary[]> {
  const orders: Summary[] = [];
  let cursor = '';
  do {
    const { body } = await whenAvailable(() =>
      staff.get<OrderPage>(`/customers/${customerId}/orders?limit=100${cursor}`),
    );
    orders.push(...body.orders);
    cursor = body.nextCursor === undefined ? '' : `&cursor=${encodeURIComponent(body.nextCursor)}`;
  } while (cursor !== '');
  return orders;
}

/**
 * The products whose available stock is not what was received less what open orders hold and shipped ones took.
 * @param received pieces of each product
 */
export async function unbalancedStock(
  staff: ApiClient,
  skus: readonly string[],
  { received, orderIds }: { readonly received: number; readonly orderIds: readonly string[] },
): Promise<readonly string[]> {
  const taken = new Map<string, number>();
  await pMap(
    orderIds,
    async (orderId) => {
      const { body } = await whenAvailable(() => staff.get<OrderBody>(`/orders/${orderId}`));
      if (body.status === 'cancelled' || body.status === 'rejected') return;
      for (const { sku, quantity } of body.lines) taken.set(sku, (taken.get(sku) ?? 0) + quantity);
    },
    { concurrency: AT_ONCE },
  );
  const available = await pMap(skus, async (sku) => (await staff.get<ProductBody>(`/products/${sku}`)).body.available);
  return skus.flatMap((sku, at) => {
    const expected = received - (taken.get(sku) ?? 0);
    return available[at] === expected ? [] : [`${sku}: ${available[at]} and not ${expected}`];
  });
}
