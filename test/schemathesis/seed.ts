// What is there before the tests begin: a product in stock and an order of it, so that reads find something.
import { type Answer, ApiClient } from '../support/api-client.ts';

export interface Caller {
  readonly name: string;
  readonly token: string;
}

/** @returns who the API is tested as */
export async function seed(url: string): Promise<readonly Caller[]> {
  const anyone = new ApiClient(url);
  const staff = await callerOf(anyone, 'staff', { sub: 'clerk', groups: ['staff'] });
  const customer = await callerOf(anyone, 'customer', { sub: 'alice', email: 'alice@example.com' });
  const clerk = anyone.as(staff.token);
  const sku = 'WALNUT-DESK';
  await done(clerk.post('/products', { sku, name: 'Walnut desk', unitPrice: 49_900, currency: 'EUR' }));
  await done(clerk.post(`/products/${sku}/stock`, { quantity: 1_000_000 }));
  await done(anyone.as(customer.token).post('/orders', { lines: [{ sku, quantity: 1 }], paymentToken: 'tok_ok' }));
  return [customer, staff];
}

async function callerOf(anyone: ApiClient, name: string, subject: object): Promise<Caller> {
  const { body } = await done(anyone.post<{ access_token: string }>('/local/token', subject));
  return { name, token: body.access_token };
}

async function done<Body>(call: Promise<Answer<Body>>): Promise<Answer<Body>> {
  const answer = await call;
  if (answer.status >= 300) throw new Error(`The seed was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
}
