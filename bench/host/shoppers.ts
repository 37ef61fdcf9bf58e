// Customers who buy at a host, one order after another each, until all orders have ended.
import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';
import { type Answer, ApiClient } from '../../test/support/api-client.ts';

const PRODUCTS = 50;
const CUSTOMERS = 64;
const lookAgainInMillis = 100;

export interface Shop {
  readonly anyone: ApiClient;
  readonly skus: readonly string[];
  readonly customers: readonly ApiClient[];
}

export async function openShop(url: string): Promise<Shop> {
  const anyone = new ApiClient(url);
  const signIn = async (subject: object): Promise<ApiClient> => {
    const { body } = await anyone.post<{ access_token: string }>('/local/token', subject);
    return anyone.as(body.access_token);
  };
  const staff = await signIn({ sub: 'clerk', groups: ['staff'] });
  const skus = Array.from({ length: PRODUCTS }, () => `SKU-${ulid()}`);
  for (const sku of skus) {
    expectStatus(await staff.post('/products', { sku, name: 'Walnut desk', unitPrice: 12_500, currency: 'EUR' }), 201);
    expectStatus(await staff.post(`/products/${sku}/stock`, { quantity: 1_000_000 }), 200);
  }
  const customers: ApiClient[] = [];
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const sub = `customer-${ulid()}`;
    customers.push(await signIn({ sub, email: `${sub}@example.com` }));
  }
  await untilIdle(anyone);
  return { anyone, skus, customers };
}

/** @returns orders that were placed and ended per second @throws Error when one is refused */
export async function buy({ anyone, skus, customers }: Shop, clients: number, orders: number): Promise<number> {
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < orders) {
      const index = next;
      next += 1;
      const customer = customers[index % customers.length] as ApiClient;
      const order = { lines: [{ sku: skus[index % skus.length], quantity: 1 }], paymentToken: 'tok_ok' };
      await placed(customer, order);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  await untilIdle(anyone);
  return orders / ((performance.now() - startedAt) / 1000);
}

/** Comes back when told to. */
async function placed(customer: ApiClient, order: object): Promise<void> {
  const key = { 'idempotency-key': ulid() };
  for (;;) {
    const answer = await customer.post('/orders', order, key);
    if (answer.status !== 503) return expectStatus(answer, 201);
    await sleep(Number(answer.headers.get('retry-after')) * 1000);
  }
}

export async function untilIdle(anyone: ApiClient): Promise<void> {
  while (!(await anyone.get<{ idle: boolean }>('/local/status')).body.idle) await sleep(lookAgainInMillis);
}

function expectStatus({ status, body }: Answer, expected: number): void {
  if (status !== expected) throw new Error(`Expected ${expected}, got ${status}: ${JSON.stringify(body)}`);
}
