// What a client does: with nothing but the types that openapi-typescript made of the published document it lists a product, orders it
// and reads the order, as far as its own token lets it. Called with the API's address and the tokens of staff and of a customer.
import createClient from 'openapi-fetch';
import type { components, paths } from './generated/api.d.ts';

const [url = '', staff = '', customer = ''] = process.argv.slice(2);

const clientOf = (token: string) =>
  createClient<paths>({ baseUrl: url, headers: { authorization: `Bearer ${token}` } });

const product: components['schemas']['ListProductRequest'] = {
  sku: `CLIENT-${Date.now()}`,
  name: 'Walnut desk 😀',
  unitPrice: 49_900,
  currency: 'EUR',
};

const listed = await clientOf(staff).POST('/products', { body: product });
if (listed.error) throw new Error(`${listed.error.status} ${listed.error.code}: ${listed.error.detail}`);

const shop = clientOf(customer);
const placed = await shop.POST('/orders', {
  params: { header: { 'Idempotency-Key': product.sku } },
  body: { lines: [{ sku: product.sku, quantity: 2 }], paymentToken: 'tok_silent' },
});
if (placed.error) throw new Error(`${placed.error.status} ${placed.error.code}: ${placed.error.detail}`);

const consistentWith = [placed.response.headers.get('consistency-token') ?? ''];
const { orderId } = placed.data;
const read = await shop.GET('/orders/{orderId}', { params: { path: { orderId }, query: { consistentWith } } });
if (read.error) throw new Error(`${read.error.status} ${read.error.code}: ${read.error.detail}`);

const total: number = read.data.total;
const status: 'placed' | 'confirmed' | 'rejected' | 'cancelled' | 'shipped' | 'delivered' = read.data.status;

// @ts-expect-error: an order has no such field, and the types say so.
void read.data.colour;
const refused = await shop.GET('/products/{sku}', { params: { path: { sku: 'NOT-THERE' } } });
process.stdout.write(JSON.stringify({ orderId, status, total, lines: read.data.lines, refused: refused.error?.code }));
