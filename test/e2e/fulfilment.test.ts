// What follows an order by itself: stock, payment, confirmation, shipping, and the e-mails about them.
import pMap from 'p-map';
import { expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import type { OrderPage } from '../support/contract-bodies.ts';
import { expectEmails } from '../support/emails.ts';
import { untilIdle } from '../support/idle.ts';
import { captured, eventName, outcomeOf, storyOf } from '../support/order-outcome.ts';
import { answerPayment, paidWith } from '../support/payments.ts';
import { line, place, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';
import { expectStock } from '../support/stock.ts';

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);
const shipment = { carrier: 'DHL', trackingNumber: '00340434161094042557' };

test('an order that is paid is confirmed, with its stock reserved', async () => {
  const customer = await newCustomer(anyone);
  const desk = await stockProduct(staff, 10, { name: 'Walnut desk', unitPrice: 12_500 });
  const lamp = await stockProduct(staff, 3, { name: 'Brass lamp', unitPrice: 4_999 });
  const order = await place(customer.api, paidWith('tok_ok', line(desk, 2), line(lamp, 3)));
  await untilIdle(anyone);

  expect(await outcomeOf(customer.api, order)).toEqual({ status: 'confirmed', payment: captured });
  const { body } = await customer.api.get<OrderPage>('/customers/me/orders?status=confirmed');
  expect(body.orders).toMatchObject([{ orderId: order.orderId, status: 'confirmed', version: 2 }]);
  await expectEmails(anyone, customer, [
    { kind: 'confirmed', orderId: order.orderId, text: expect.stringMatching(/Walnut desk.*€399\.97/s) },
  ]);
  await expectStock(staff, [order], {
    [desk.sku]: { received: 10, reserved: 2 },
    [lamp.sku]: { received: 3, reserved: 3 },
  });
});

test('an order is confirmed and paid once though the payment provider fails twice before', async () => {
  const customer = await newCustomer(anyone);
  const desk = await stockProduct(staff, 10);
  const order = await place(customer.api, paidWith('tok_flaky', line(desk, 1)));
  await untilIdle(anyone);

  expect(await outcomeOf(customer.api, order)).toEqual({ status: 'confirmed', payment: captured });
  const story = (await storyOf(customer.api, order)).map(eventName);
  expect(story.filter((name) => name.startsWith('Payment'))).toEqual([
    'PaymentRequested',
    'PaymentCaptured',
    'PaymentTaken',
  ]);
  await expectEmails(anyone, customer, ['confirmed']);
  await expectStock(staff, [order], { [desk.sku]: { received: 10, reserved: 1 } });
});

test('an order of 100 lines is confirmed, each line reserved once', async () => {
  const customer = await newCustomer(anyone);
  const products = await pMap(Array(100).fill(7), (quantity: number) => stockProduct(staff, quantity), {
    concurrency: 10,
  });
  const order = await place(customer.api, paidWith('tok_ok', ...products.map((product) => line(product, 7))));
  await untilIdle(anyone);

  expect(await outcomeOf(customer.api, order)).toEqual({ status: 'confirmed', payment: captured });
  await expectEmails(anyone, customer, ['confirmed']);
  const reserved = products.map(({ sku }) => [sku, { received: 7, reserved: 7 }]);
  await expectStock(staff, [order], Object.fromEntries(reserved));
});

test('an order whose second of three lines is out of stock is rejected, and what was reserved is released', async () => {
  const customer = await newCustomer(anyone);
  const desk = await stockProduct(staff, 10);
  const lamp = await stockProduct(staff, 2, { name: 'Brass lamp' });
  const vase = await stockProduct(staff, 10);
  const order = await place(customer.api, paidWith('tok_ok', line(desk, 2), line(lamp, 3), line(vase, 1)));
  await untilIdle(anyone);

  const rejection = { code: 'out_of_stock', sku: lamp.sku };
  expect(await outcomeOf(customer.api, order)).toEqual({ status: 'rejected', rejection });
  const names = (await storyOf(customer.api, order)).map(eventName);
  expect(names).toEqual(expect.arrayContaining(['StockReserved', 'StockReleased']));
  expect(names).not.toContain('PaymentRequested');
  await expectEmails(anyone, customer, [
    { kind: 'rejected', orderId: order.orderId, text: expect.stringContaining('Brass lamp') },
  ]);
  await expectStock(staff, [order], {
    [desk.sku]: { received: 10 },
    [lamp.sku]: { received: 2 },
    [vase.sku]: { received: 10 },
  });
});

test('an order whose payment is declined is rejected, and its stock released', async () => {
  const customer = await newCustomer(anyone);
  const [desk, lamp] = [await stockProduct(staff, 10), await stockProduct(staff, 10)];
  const order = await place(customer.api, paidWith('tok_declined', line(desk, 2), line(lamp, 3)));
  await untilIdle(anyone);

  const rejection = { code: 'payment_declined' };
  expect(await outcomeOf(customer.api, order)).toEqual({ status: 'rejected', rejection });
  await expectEmails(anyone, customer, ['rejected']);
  await expectStock(staff, [order], { [desk.sku]: { received: 10 }, [lamp.sku]: { received: 10 } });
});

test('an order that the payment provider is silent about waits with its stock reserved, and is confirmed when the money comes', async () => {
  const customer = await newCustomer(anyone);
  const desk = await stockProduct(staff, 10);
  const order = await place(customer.api, paidWith('tok_silent', line(desk, 4)));
  await untilIdle(anyone);
  expect(await outcomeOf(customer.api, order)).toEqual({ status: 'placed' });
  await expectEmails(anyone, customer, []);
  await expectStock(staff, [order], { [desk.sku]: { received: 10, reserved: 4 } });

  expect((await answerPayment(anyone, order, 'captured')).status).toBe(202);
  await untilIdle(anyone);
  expect(await outcomeOf(customer.api, order)).toEqual({ status: 'confirmed', payment: captured });
  await expectEmails(anyone, customer, ['confirmed']);
  await expectStock(staff, [order], { [desk.sku]: { received: 10, reserved: 4 } });
});

test('an order that the payment provider declines later is rejected, and its stock released', async () => {
  const customer = await newCustomer(anyone);
  const desk = await stockProduct(staff, 10);
  const order = await place(customer.api, paidWith('tok_silent', line(desk, 4)));
  await untilIdle(anyone);
  expect((await answerPayment(anyone, order, 'declined')).status).toBe(202);
  await untilIdle(anyone);

  const rejection = { code: 'payment_declined' };
  expect(await outcomeOf(customer.api, order)).toEqual({ status: 'rejected', rejection });
  await expectEmails(anyone, customer, ['rejected']);
  await expectStock(staff, [order], { [desk.sku]: { received: 10 } });
});

test('a confirmed order is shipped and delivered, and its stock leaves with it', async () => {
  const customer = await newCustomer(anyone);
  const [desk, lamp] = [await stockProduct(staff, 10), await stockProduct(staff, 10)];
  const order = await place(customer.api, paidWith('tok_ok', line(desk, 2), line(lamp, 10)));
  await untilIdle(anyone);
  expect((await staff.post(`${order.path}/ship`, shipment)).status).toBe(200);
  await untilIdle(anyone);

  const shipped = { status: 'shipped', payment: captured, shipment };
  expect(await outcomeOf(customer.api, order)).toEqual(shipped);
  const tracking = expect.stringContaining(shipment.trackingNumber);
  await expectEmails(anyone, customer, ['confirmed', { kind: 'shipped', text: tracking }]);
  const stock = { [desk.sku]: { received: 10, shipped: 2 }, [lamp.sku]: { received: 10, shipped: 10 } };
  await expectStock(staff, [order], stock);

  expect((await staff.post(`${order.path}/deliver`, {})).status).toBe(200);
  await untilIdle(anyone);
  expect(await outcomeOf(customer.api, order)).toEqual({ ...shipped, status: 'delivered' });
  await expectEmails(anyone, customer, ['confirmed', 'shipped']);
  await expectStock(staff, [order], stock);
});
