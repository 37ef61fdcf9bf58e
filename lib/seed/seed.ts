// Fills a running shop: products, then customers' orders, each taken to its status, then some new prices.
import { ShopApi } from '../deployment/shop-api.ts';
import { customers } from './customers.ts';
import { placeOrders, type SeededOrder } from './place-orders.ts';
import { plannedOrders } from './plan.ts';
import { assortment, changePrices, stockShop } from './stock-shop.ts';
import type { Tokens } from './tokens.ts';

export interface Seed {
  /** Without a slash at the end. */
  readonly apiUrl: string;
  readonly tokens: Tokens;
  /** How many orders. */
  readonly orders: number;
  /** Called whenever a part of the work progresses. */
  onProgress(part: string, done: number, total: number): void;
  /** @default 120 s: how long an order may take from one status to the next */
  readonly patienceInMillis?: number;
}

/**
 * Completes an earlier seed that was interrupted, and adds nothing to a complete one.
 * @returns the orders as they are now
 * @throws DeploymentError that says what was not answered as it should be
 */
export async function seed({
  apiUrl,
  tokens,
  orders,
  onProgress,
  patienceInMillis = 120_000,
}: Seed): Promise<SeededOrder[]> {
  const counter = (part: string, total: number) => {
    let done = 0;
    onProgress(part, 0, total);
    return () => onProgress(part, ++done, total);
  };
  const anyone = new ShopApi(apiUrl);
  const staff = anyone.as(tokens.staff);
  await stockShop(staff, counter('products', assortment.length));

  const planned = plannedOrders(orders);
  const buyers = customers.filter((name) => planned.some(({ customer }) => customer === name));
  const apis = new Map<string, ShopApi>();
  for (const name of buyers) apis.set(name, anyone.as(await tokens.of(name)));
  const shop = { staff, as: (customer: string) => apis.get(customer) ?? anyone, patienceInMillis };
  const seeded = await placeOrders(shop, planned, counter('orders', planned.length));

  await changePrices(staff);
  return seeded;
}
