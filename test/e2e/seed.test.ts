// Fills a shop as `npm run seed` does, breaks that off, and does it again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect } from 'vitest';
import { customers } from '../../lib/seed/customers.ts';
import { limitedEdition, products } from '../../lib/seed/products.ts';
import { ApiClient } from '../support/api-client.ts';
import type { OrderPage, ProductPage } from '../support/contract-bodies.ts';
import { type Eventspine, newDataDirectory, startEventspine } from '../support/eventspine.ts';
import { signInStaff } from '../support/sign-in.ts';
import { onLocalHost } from '../support/target.ts';

const { describe, test: it } = onLocalHost;

/** A seed makes hundreds of requests, which a machine that is busy with other tests takes minutes for. */
const SEEDS_WITHIN_MILLIS = 600_000;

const run = (...args: readonly string[]) =>
  spawn(process.execPath, ['bin/seed.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

async function seed(...args: readonly string[]): Promise<{ code: number | null; said: string; failed: string }> {
  const child = run(...args);
  const [said, failed, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, said, failed };
}

describe('the seed', () => {
  let host: Eventspine;
  let staff: ApiClient;

  beforeAll(async () => {
    host = await startEventspine(await newDataDirectory());
    staff = await signInStaff(new ApiClient(host.url));
  });
  afterAll(async () => {
    await host?.kill();
    await rm(host.dataDirectory, { recursive: true });
  });

  async function orderStates(): Promise<Record<string, string>> {
    const pages = customers.map((name) => staff.get<OrderPage>(`/customers/${name}/orders?limit=100`));
    const orders = (await Promise.all(pages)).flatMap(({ body }) => body.orders);
    return Object.fromEntries(orders.map(({ orderId, status }) => [orderId, status]));
  }

  it('goes on where it was broken off, and fills the shop with orders in every state', {
    timeout: SEEDS_WITHIN_MILLIS,
  }, async () => {
    const brokenOff = run('--api', host.url, '--orders', '9');
    await once(brokenOff.stderr, 'data');
    brokenOff.kill('SIGKILL');
    await once(brokenOff, 'close');

    const { code, said, failed } = await seed('--api', host.url, '--orders', '9');
    expect(failed).toContain('products     40 of 40');
    expect(said).toContain('1 placed, 2 confirmed, 1 shipped, 1 delivered, 2 cancelled, 2 rejected');
    expect(said).toContain(`${host.url}/local/emails`);
    expect(code, failed).toBe(0);
    expect(Object.values(await orderStates()).sort()).toEqual([
      ...['cancelled', 'cancelled', 'confirmed', 'confirmed', 'delivered'],
      ...['placed', 'rejected', 'rejected', 'shipped'],
    ]);
  });

  it('adds nothing when it runs again, and what is new when it is larger', {
    timeout: SEEDS_WITHIN_MILLIS,
  }, async () => {
    const before = await orderStates();
    expect(await seed('--api', host.url, '--orders', '9')).toMatchObject({ code: 0 });
    expect(await orderStates()).toEqual(before);

    expect(await seed('--api', host.url, '--orders', '10')).toMatchObject({ code: 0 });
    const after = await orderStates();
    expect(after).toMatchObject(before);
    expect(Object.keys(after)).toHaveLength(10);

    const { body } = await staff.get<ProductPage>('/products?limit=100');
    const available = new Map(body.products.map((product) => [product.sku, product.available]));
    expect(available.get(limitedEdition.sku)).toBe(limitedEdition.stock);
    for (const { sku, stock } of products) expect(available.get(sku)).toBeLessThanOrEqual(stock);
  });

  it('says in a line that no shop is there', async () => {
    const { code, failed } = await seed('--api', 'http://127.0.0.1:1');
    expect(failed).toMatch(/^No shop answers at http:\/\/127.0.0.1:1. `npm start` runs one here/);
    expect(code).toBe(1);
  });

  it('asks before it fills a shop on another machine', async () => {
    // The address leads to this machine all the same, but does not say so.
    const { code, failed } = await seed('--api', host.url.replace('127.0.0.1', '0.0.0.0'));
    expect(failed).toMatch(/no terminal to ask on; --yes goes on without asking/);
    expect(code).toBe(1);
  });
});
