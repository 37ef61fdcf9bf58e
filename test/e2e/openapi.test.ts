import { expect, inject, test } from 'vitest';
import { shop } from '../../lambdas/shop/shop.ts';
import { routesOf } from '../../lambdas/spine/manifest/routes.ts';
import { type Answer, ApiClient } from '../support/api-client.ts';
import { untilIdle } from '../support/idle.ts';
import { type OpenApiDocument, responseCheck } from '../support/openapi.ts';
import { answerPayment } from '../support/payments.ts';
import { refusedByGateway } from '../support/problems.ts';
import { newSku, orderOf, placeOrder, stockProduct } from '../support/shop.ts';
import { newCustomer, signInStaff } from '../support/sign-in.ts';

const routes = routesOf(shop);

const anyone = new ApiClient(inject('target').apiUrl);
const staff = await signInStaff(anyone);
const { api: customer } = await newCustomer(anyone);
const { body: document } = await anyone.get<OpenApiDocument>('/openapi.json');

test('the API is healthy', async () => {
  expect(await anyone.get('/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
});

test('the document is OpenAPI 3.1 and covers every route, and nothing else', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d$/);
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  // HEAD goes without saying.
  const routed = routes.map(({ key }) => key).filter((key) => key !== '$default' && !key.startsWith('HEAD '));
  expect(described.toSorted()).toEqual(routed.toSorted());
});

test('what the API answers is what the document says', async () => {
  const check = responseCheck(document);
  const product = await stockProduct(staff);
  const { orderId, path } = await placeOrder(customer, product);
  await untilIdle(anyone);
  const order = orderOf({ sku: product.sku, quantity: 1 });
  const used = { 'idempotency-key': 'used' };
  await customer.post('/orders', order, used);

  const [cancel, ship, deliver] = ['cancel', 'ship', 'deliver'].map((action) => `POST /orders/{orderId}/${action}`);
  const calls: [string | undefined, number, () => Promise<Answer>][] = [
    ['POST /products', 201, () => staff.post('/products', { ...product, sku: newSku() })],
    ['POST /products', 409, () => staff.post('/products', product)],
    ['POST /products', 403, () => customer.post('/products', product)],
    ['POST /products/{sku}/price', 200, () => staff.post(`/products/${product.sku}/price`, { unitPrice: 5 })],
    [
      'POST /products/{sku}/price',
      412,
      () => staff.post(`/products/${product.sku}/price`, { unitPrice: 6 }, { 'if-match': '"9"' }),
    ],
    ['POST /products/{sku}/stock', 200, () => staff.post(`/products/${product.sku}/stock`, { quantity: 5 })],
    ['POST /products/{sku}/stock', 404, () => staff.post(`/products/${newSku()}/stock`, { quantity: 5 })],
    ['POST /orders', 201, () => customer.post('/orders', order)],
    ['POST /orders', 400, () => customer.post('/orders', {})],
    ['POST /orders', 401, () => anyone.post('/orders', order)],
    ['POST /orders', 413, () => customer.post('/orders', { padding: 'x'.repeat(65 * 1024) })],
    [
      'POST /orders',
      415,
      () => customer.send('POST', '/orders', { body: 'hello', headers: { 'content-type': 'text/plain' } }),
    ],
    ['POST /orders', 422, () => customer.post('/orders', { ...order, paymentToken: 'tok_flaky' }, used)],
    [ship, 409, () => staff.post(`${path}/ship`, { carrier: 'DHL', trackingNumber: '1' })],
    [deliver, 409, () => staff.post(`${path}/deliver`, {})],
    [cancel, 200, () => customer.post(`${path}/cancel`, { reason: 'Enough' })],
    ['GET /orders/{orderId}', 200, () => customer.get(path)],
    ['GET /orders/{orderId}', 404, () => customer.get('/orders/A')],
    ['GET /orders/{orderId}/events', 200, () => customer.get(`${path}/events`)],
    ['GET /orders/{orderId}/story', 200, () => customer.get(`${path}/story`)],
    ['POST /payment-callbacks', 401, () => anyone.post('/payment-callbacks', {})],
    ['POST /payment-callbacks', 202, () => answerPayment(anyone, { orderId }, 'declined')],
    ['GET /customers/{customerId}/orders', 200, () => customer.get('/customers/me/orders')],
    ['GET /customers/{customerId}/orders', 200, () => customer.get('/customers/me/orders?limit=1')],
    ['GET /products', 200, () => anyone.get('/products')],
    ['GET /products', 400, () => anyone.get('/products?limit=0')],
    ['GET /products/{sku}', 200, () => anyone.get(`/products/${product.sku}`)],
    ['GET /health', 200, () => anyone.get('/health')],
    ['GET /openapi.json', 200, () => anyone.get('/openapi.json')],
    ['GET /openapi.json', 200, () => anyone.get('/openapi.json', { origin: 'http://localhost:5173' })],
    ['GET /openapi.json', 304, () => anyone.get('/openapi.json', { 'if-none-match': '*' })],
    ['GET /docs', 200, () => anyone.get('/docs')],
  ];
  for (const [route = '', status, call] of calls) {
    const answer = await call();
    if (refusedByGateway(answer)) continue;
    expect({ route, status: answer.status, differences: check(route, answer) }).toEqual({
      route,
      status,
      differences: [],
    });
  }
});
