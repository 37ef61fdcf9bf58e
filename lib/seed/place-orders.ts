// Places the planned orders, and takes each as far as its course goes.
import { setTimeout as delay } from 'node:timers/promises';
import pMap from 'p-map';
import * as z from 'zod';
import { DeploymentError } from '../deployment/deployment-error.ts';
import { type ShopApi, succeeded } from '../deployment/shop-api.ts';
import type { OrderStatus, Step } from './courses.ts';
import type { PlannedOrder } from './plan.ts';

const CONCURRENCY = 8;
const PAUSE_IN_MILLIS = 200;

export interface SeededOrder {
  readonly orderId: string;
  readonly customer: string;
  readonly status: OrderStatus;
}

export interface Shop {
  readonly staff: ShopApi;
  /** The API for that customer. */
  as(customer: string): ShopApi;
  /** How long an order may take from one status to the next. */
  readonly patienceInMillis: number;
}

const placed = z.object({ orderId: z.string(), version: z.int() });
const view = z.object({
  status: z.enum(['placed', 'confirmed', 'rejected', 'cancelled', 'shipped', 'delivered']),
  version: z.int(),
});

/**
 * @param onOrder called after each
 * @returns the orders in their order; those that an earlier seed placed too long ago to name them are left out
 */
export async function placeOrders(
  shop: Shop,
  orders: readonly PlannedOrder[],
  onOrder: () => void,
): Promise<SeededOrder[]> {
  const seeded = await pMap(
    orders,
    async (order) => {
      const result = await seedOrder(shop, order);
      onOrder();
      return result;
    },
    { concurrency: CONCURRENCY },
  );
  return seeded.filter((order) => order !== undefined);
}

async function seedOrder(shop: Shop, order: PlannedOrder): Promise<SeededOrder | undefined> {
  const { key, customer, lines, course } = order;
  const api = shop.as(customer);
  const answer = await api.post('/orders', { lines, paymentToken: course.paymentToken }, key);
  if (answer.status === 409 && isPlacedBefore(answer.body)) return undefined;
  const { orderId, version } = placed.parse(succeeded('/orders', answer));
  return { orderId, customer, status: await follow(shop, order, orderId, version) };
}

const problem = z.object({ code: z.string() });
const isPlacedBefore = (body: unknown): boolean => problem.safeParse(body).data?.code === 'order_already_placed';

/** Does what the course says at each status of the order. @returns the status at which it rests */
async function follow(shop: Shop, order: PlannedOrder, orderId: string, version: number): Promise<OrderStatus> {
  const path = `/orders/${orderId}`;
  let known = version;
  let deadline = performance.now() + shop.patienceInMillis;
  for (;;) {
    const query = `${path}?consistentWith=order-${orderId}@${known}`;
    const { status, version: seen } = view.parse(succeeded(query, await shop.as(order.customer).get(query)));
    if (seen > known) deadline = performance.now() + shop.patienceInMillis;
    known = seen;
    const step = order.course.steps[status];
    if (step === undefined) return status;
    if (performance.now() > deadline) throw stuck(shop, orderId, status);
    if (step === 'wait') await delay(PAUSE_IN_MILLIS);
    else await take(step === 'cancel' ? shop.as(order.customer) : shop.staff, step, path, order.key);
  }
}

/** If a rule refuses, the order has moved on meanwhile: look again. */
async function take(api: ShopApi, step: Step, path: string, key: string): Promise<void> {
  const bodies = {
    ship: { carrier: 'DHL', trackingNumber: `JD0146${key.replace(/\D/g, '').padStart(12, '0')}` },
    deliver: {},
    cancel: { reason: 'Ordered by mistake' },
  };
  const answer = await api.post(`${path}/${step}`, bodies[step], `${key}-${step}`);
  if (answer.status === 409) await delay(PAUSE_IN_MILLIS);
  else succeeded(`${path}/${step}`, answer);
}

const stuck = ({ patienceInMillis }: Shop, orderId: string, status: OrderStatus) =>
  new DeploymentError(
    `Order ${orderId} is ${status} and should have gone on within ${patienceInMillis / 1_000} s. What is on its way, and what failed, tell /local/status and the functions’ log.`,
  );
