// Many customers at once want the last of one product.
import pMap from 'p-map';
import { expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { OrderBody, ProductBody, StatusBody } from '../support/contract-bodies.ts';
import { expectEmails } from '../support/emails.ts';
import { untilIdle } from '../support/idle.ts';
import { paidWith } from '../support/payments.ts';
import { line, place, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';

const ORDERS = 90;
const IN_STOCK = 20;
const CLIENTS = 16;
const IDLE_WITHIN_MILLIS = 60_000;
const anyone = new ApiClient(inject('target').apiUrl);

const fulfilmentRuns = ({ functions }: StatusBody): number =>
  functions.find(({ name }) => name === 'order-fulfilment')?.invocations ?? Number.NaN;

test(`of ${ORDERS} orders at once for the last ${IN_STOCK} of a product, ${IN_STOCK} are confirmed and all others rejected`, async () => {
  const staff = await signInStaff(anyone);
  const desk = await stockProduct(staff, IN_STOCK);
  const customers = await Promise.all(Array.from({ length: CLIENTS }, () => newCustomer(anyone)));
  const before = await untilIdle(anyone);

  const startedAt = performance.now();
  const placed = await pMap(
    Array.from({ length: ORDERS }, (_, index) => customers[index % CLIENTS]),
    (customer) => place(customer?.api ?? anyone, paidWith('tok_ok', line(desk, 1))),
    { concurrency: CLIENTS },
  );
  const placedAt = performance.now();
  const status = await untilIdle(anyone, IDLE_WITHIN_MILLIS);
  const idleAt = performance.now();
  expect(status.queues.filter(({ deadLetters }) => deadLetters > 0)).toEqual([]);

  const orders = await pMap(placed, async ({ path }) => (await staff.get<OrderBody>(path)).body, {
    concurrency: CLIENTS,
  });
  const confirmed = orders.filter((order) => order.status === 'confirmed');
  const rejected = orders.filter((order) => order.status === 'rejected');
  expect([confirmed.length, rejected.length]).toEqual([IN_STOCK, ORDERS - IN_STOCK]);
  for (const { rejection } of rejected) expect(rejection).toEqual({ code: 'out_of_stock', sku: desk.sku });
  for (const { payment } of rejected) expect(payment).toBeUndefined();
  expect((await anyone.get<ProductBody>(`/products/${desk.sku}`)).body.available).toBe(0);

  for (const [client, customer] of customers.entries()) {
    const mailed = orders
      .filter((_, index) => index % CLIENTS === client)
      .map(({ orderId, status }) => ({ orderId, kind: status }));
    await expectEmails(anyone, customer, mailed, { inAnyOrder: true });
  }

  const figures = {
    placedPerSecond: Math.round(ORDERS / ((placedAt - startedAt) / 1000)),
    millisToIdle: Math.round(idleAt - placedAt),
    fulfilmentRuns: fulfilmentRuns(status) - fulfilmentRuns(before),
  };
  process.stdout.write(`last in stock: ${JSON.stringify(figures)}\n`);
});
