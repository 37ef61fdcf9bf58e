// A host that is killed again and again while clients order and cancel, and what it has acknowledged to them.
import { setTimeout as delay } from 'node:timers/promises';
import { ApiClient } from './api-client.ts';
import type { OrderChanged } from './contract-bodies.ts';
import { type Eventspine, startEventspine } from './eventspine.ts';
import { paidWith } from './payments.ts';
import { line, stockProduct } from './shop.ts';
import { signInStaff, tokenFor } from './sign-in.ts';

const CLIENTS = 8;
export const RECEIVED = 100_000;
/** Every so manieth order is cancelled in a later round. */
const CANCELLED_OF = 5;

export interface Acknowledged {
  readonly orderId: string;
  readonly customerId: string;
  /** The event that the acknowledged command has left. */
  readonly event: 'OrderPlaced' | 'OrderCancelled';
}

/** Everything outlives the host: tokens, products and what was acknowledged. */
export interface Siege {
  readonly customers: readonly { readonly id: string; readonly token: string }[];
  readonly skus: readonly string[];
  readonly acknowledged: Acknowledged[];
  readonly toCancel: Acknowledged[];
}

export async function prepareSiege(url: string): Promise<Siege> {
  const anyone = new ApiClient(url);
  const staff = await signInStaff(anyone);
  const customers = Array.from({ length: CLIENTS }, async (_, at) => {
    const id = `besieged-${at}`;
    return { id, token: await tokenFor(anyone, { sub: id, email: `${id}@example.com` }) };
  });
  const skus = Array.from({ length: CLIENTS }, async () => (await stockProduct(staff, RECEIVED)).sku);
  return { customers: await Promise.all(customers), skus: await Promise.all(skus), acknowledged: [], toCancel: [] };
}

/**
 * Has the clients send commands until the host is dead, which it is after that time.
 * @throws AssertionError when the living host refuses a command
 */
export async function killUnderCommands(host: Eventspine, siege: Siege, afterMillis: number): Promise<void> {
  let isDead = false;
  const clients = siege.customers.map(async (customer, at) => {
    const api = new ApiClient(host.url, customer.token);
    while (!isDead) {
      const done = await command(api, siege, { customerId: customer.id, sku: siege.skus[at] ?? '' }).catch(
        (error: unknown) => {
          if (!isDead) throw error;
        },
      );
      if (done) siege.acknowledged.push(done);
      if (done?.event === 'OrderPlaced' && siege.acknowledged.length % CANCELLED_OF === 0) siege.toCancel.push(done);
    }
  });
  const working = Promise.all(clients);
  await Promise.race([delay(afterMillis), working]);
  isDead = true;
  await host.kill();
  await working;
}

interface Turn {
  readonly customerId: string;
  readonly sku: string;
}

async function command(
  api: ApiClient,
  { toCancel }: Siege,
  { customerId, sku }: Turn,
): Promise<Acknowledged | undefined> {
  const own = toCancel.findIndex((each) => each.customerId === customerId);
  const [cancelled] = own < 0 ? [] : toCancel.splice(own, 1);
  const { status, body } = cancelled
    ? await api.post<OrderChanged>(`/orders/${cancelled.orderId}/cancel`, { reason: 'Enough' })
    : await api.post<OrderChanged>('/orders', paidWith('tok_ok', line({ sku }, 1)));
  if (status === 503) return undefined;
  if (status >= 300) throw new Error(`The host refused a command with ${status}: ${JSON.stringify(body)}`);
  return { orderId: body.orderId, customerId, event: cancelled ? 'OrderCancelled' : 'OrderPlaced' };
}

/** Starts and kills the host so many times, each time after up to `withinMillis` of commands. @returns a host that lives */
export async function besiege(
  first: Eventspine,
  siege: Siege,
  { kills, withinMillis, settings = {} }: { kills: number; withinMillis: number; settings?: Record<string, string> },
): Promise<Eventspine> {
  let host = first;
  for (let kill = 0; kill < kills; kill += 1) {
    await killUnderCommands(host, siege, Math.random() * withinMillis);
    host = await startEventspine(host.dataDirectory, settings);
  }
  return host;
}
