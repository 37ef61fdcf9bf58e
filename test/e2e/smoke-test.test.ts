// What a deployment checks itself with, on a host that runs.
import { ulid } from 'ulid';
import { expect, inject, test } from 'vitest';
import { smokeTest } from '../../lib/deployment/smoke-test.ts';
import { ApiClient } from '../support/api-client.ts';
import { tokenFor } from '../support/sign-in.ts';

const url = inject('target').apiUrl;
const anyone = new ApiClient(url);
const tokens = {
  staff: await tokenFor(anyone, { sub: 'clerk', groups: ['staff'] }),
  customer: await tokenFor(anyone, { sub: `customer-${ulid()}` }),
};

test('it sees an order confirmed', async () => {
  const orderId = await smokeTest({ url, tokens, paymentToken: 'tok_ok' });
  const { body } = await anyone.as(tokens.customer).get(`/orders/${orderId}?consistentWith=order-${orderId}@1`);
  expect(body).toMatchObject({ status: 'confirmed' });
});

test('it says what became of an order that is not confirmed', async () => {
  const declined = smokeTest({ url, tokens, paymentToken: 'tok_declined' });
  await expect(declined).rejects.toThrow(/should be confirmed within 90 s; it is rejected/);
  const silent = smokeTest({ url, tokens, paymentToken: 'tok_silent', patienceInMillis: 1_000 });
  await expect(silent).rejects.toThrow(/should be confirmed within 1 s; it is placed/);
});

test('it says which step was refused', async () => {
  const asCustomer = smokeTest({ url, tokens: { ...tokens, staff: tokens.customer }, paymentToken: 'tok_ok' });
  await expect(asCustomer).rejects.toThrow(/\/products should succeed; it answered 403/);
  const nowhere = smokeTest({ url: 'http://127.0.0.1:1', tokens, paymentToken: 'tok_ok' });
  await expect(nowhere).rejects.toThrow(/cannot be reached/);
});
