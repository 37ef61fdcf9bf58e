// The shortest proof that a deployment works from end to end: a product, an order, its confirmation.
import { setTimeout as delay } from 'node:timers/promises';
import { ulid } from 'ulid';
import * as z from 'zod';
import { DeploymentError } from './deployment-error.ts';
import { ShopApi, succeeded } from './shop-api.ts';

export interface SmokeTokens {
  readonly staff: string;
  readonly customer: string;
}

export interface SmokeTest {
  /** Without a slash at the end. */
  readonly url: string;
  readonly tokens: SmokeTokens;
  /** What the stage's payment provider captures: `tok_ok` of the sandbox, `pm_card_visa` of Stripe's test mode. */
  readonly paymentToken: string;
  /** @default 90 s: cold starts, the first poll of each new mapping, and the longest that the edge keeps an answer */
  readonly patienceInMillis?: number;
}

const PAUSE_IN_MILLIS = 500;

const placed = z.object({ orderId: z.string() });
const view = z.object({ status: z.string() });

/**
 * Places an order and waits for its confirmation. The product that it lists for that stays in the catalogue.
 * @returns the order's id
 * @throws DeploymentError that says which step did not answer as it should, and what it answered
 */
export async function smokeTest({ url, tokens, paymentToken, patienceInMillis = 90_000 }: SmokeTest): Promise<string> {
  const sku = `SMOKE-${ulid()}`;
  const anyone = new ShopApi(url);
  const customer = anyone.as(tokens.customer);
  const post = async (token: string, path: string, body: unknown) =>
    succeeded(path, await anyone.as(token).post(path, body));
  await post(tokens.staff, '/products', { sku, name: 'Smoke test', unitPrice: 100, currency: 'EUR' });
  await post(tokens.staff, `/products/${sku}/stock`, { quantity: 1 });
  const order = { lines: [{ sku, quantity: 1 }], paymentToken };
  const { orderId } = placed.parse(await post(tokens.customer, '/orders', order));

  const deadline = performance.now() + patienceInMillis;
  let status = 'placed';
  while (status === 'placed' && performance.now() < deadline) {
    await delay(PAUSE_IN_MILLIS);
    const path = `/orders/${orderId}?consistentWith=order-${orderId}@1`;
    status = view.parse(succeeded(path, await customer.get(path))).status;
  }
  if (status === 'confirmed') return orderId;
  throw new DeploymentError(
    `Order ${orderId} should be confirmed within ${patienceInMillis / 1000} s; it is ${status}. The functions’ logs and the dead-letter queues tell more.`,
  );
}
