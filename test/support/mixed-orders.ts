// Orders that go every way an order can go, all at once: what a fault in the pipeline is tried against.
import { expect } from 'vitest';
import type { Answer, ApiClient } from './api-client.ts';
import { expectEmails } from './emails.ts';
import { untilIdle } from './idle.ts';
import { captured, eventName, type Outcome, outcomeOf, refunded, storyOf } from './order-outcome.ts';
import { answerPayment, paidWith } from './payments.ts';
import { line, type PlacedOrder, place, stockProduct } from './shop.ts';
import { type Customer, newCustomer, signInStaff } from './sign-in.ts';
import { expectStock } from './stock.ts';

const reason = 'Changed my mind';
const shipment = { carrier: 'DHL', trackingNumber: '1' };

interface Course {
  readonly token: Parameters<typeof paidWith>[0];
  readonly quantity: number;
  /** What somebody does as soon as that event is in the order's story. */
  readonly next?: { readonly after: string; act(staff: ApiClient, order: PlacedOrder): Promise<Answer> };
  readonly outcome: Outcome;
  readonly emails: readonly string[];
  /** @default 0 */
  readonly reserved?: number;
  /** @default 0 */
  readonly shipped?: number;
}

const RECEIVED = 100;

const courses: readonly Course[] = [
  {
    token: 'tok_ok',
    quantity: 2,
    outcome: { status: 'confirmed', payment: captured },
    emails: ['confirmed'],
    reserved: 2,
  },
  {
    token: 'tok_flaky',
    quantity: 1,
    next: { after: 'OrderConfirmed', act: (staff, { path }) => staff.post(`${path}/ship`, shipment) },
    outcome: { status: 'shipped', payment: captured, shipment },
    emails: ['confirmed', 'shipped'],
    shipped: 1,
  },
  {
    token: 'tok_ok',
    quantity: 3,
    next: { after: 'OrderConfirmed', act: (staff, { path }) => staff.post(`${path}/cancel`, { reason }) },
    outcome: { status: 'cancelled', cancellation: { reason }, payment: refunded },
    emails: ['confirmed', 'cancelled'],
  },
  {
    token: 'tok_silent',
    quantity: 4,
    next: { after: 'PaymentAwaited', act: (staff, order) => answerPayment(staff, order, 'captured') },
    outcome: { status: 'confirmed', payment: captured },
    emails: ['confirmed'],
    reserved: 4,
  },
  {
    token: 'tok_declined',
    quantity: 5,
    outcome: { status: 'rejected', rejection: { code: 'payment_declined' } },
    emails: ['rejected'],
  },
  {
    token: 'tok_ok',
    quantity: RECEIVED + 1,
    outcome: { status: 'rejected', rejection: { code: 'out_of_stock', sku: expect.stringMatching(/./) } },
    emails: ['rejected'],
  },
];

/**
 * Has one order take each course and expects that each ends as it must, with its e-mails sent once and the stock in balance.
 * @param idleWithinMillis how long an order may take to get on, and everything to come to rest
 * @param prepare what is done when the products are on offer and everything rests, before the first order is placed
 */
export async function expectMixedOrdersToEndWell(
  anyone: ApiClient,
  idleWithinMillis: number,
  prepare?: () => Promise<void>,
): Promise<void> {
  const staff = await signInStaff(anyone);
  const products = [await stockProduct(staff, RECEIVED), await stockProduct(staff, RECEIVED)] as const;
  await untilIdle(anyone);
  await prepare?.();
  const followed = await Promise.all(courses.map((course) => start(anyone, course, products)));
  await Promise.all(followed.map((each) => carryOn(staff, each, idleWithinMillis)));
  await untilIdle(anyone, idleWithinMillis);

  for (const { course, customer, order } of followed) {
    expect(await outcomeOf(staff, order)).toEqual(course.outcome);
    await expectEmails(anyone, customer, course.emails);
  }
  const sum = (quantity: 'reserved' | 'shipped') =>
    courses.reduce((total, course) => total + (course[quantity] ?? 0), 0);
  const expected = { received: RECEIVED, reserved: sum('reserved'), shipped: sum('shipped') };
  const orders = followed.map(({ order }) => order);
  await expectStock(staff, orders, Object.fromEntries(products.map(({ sku }) => [sku, expected])));
}

interface Followed {
  readonly course: Course;
  readonly customer: Customer;
  readonly order: PlacedOrder;
}

async function start(
  anyone: ApiClient,
  course: Course,
  products: readonly Parameters<typeof line>[0][],
): Promise<Followed> {
  const customer = await newCustomer(anyone);
  const lines = products.map((product) => line(product, course.quantity));
  return { course, customer, order: await place(customer.api, paidWith(course.token, ...lines)) };
}

async function carryOn(staff: ApiClient, { course: { next }, order }: Followed, withinMillis: number): Promise<void> {
  if (!next) return;
  const names = async () => (await storyOf(staff, order)).map(eventName);
  await expect.poll(names, { timeout: withinMillis, interval: 100 }).toContain(next.after);
  expect((await next.act(staff, order)).status).toBeLessThan(300);
}
