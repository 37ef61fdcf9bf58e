// The routes of the HTTP API: which function answers each and whether the gateway asks for a token first.

export interface Route {
  /** As API Gateway spells it: `POST /orders/{orderId}/cancel`. */
  readonly key: string;
  readonly function: 'orders-command' | 'products-command' | 'payment-callback' | 'query';
  readonly access: 'public' | 'token';
}

const named = [
  { key: 'POST /products', function: 'products-command', access: 'token' },
  { key: 'POST /products/{sku}/price', function: 'products-command', access: 'token' },
  { key: 'POST /products/{sku}/stock', function: 'products-command', access: 'token' },
  { key: 'POST /products/{sku}/stock/streams', function: 'products-command', access: 'token' },
  { key: 'POST /orders', function: 'orders-command', access: 'token' },
  { key: 'POST /orders/{orderId}/cancel', function: 'orders-command', access: 'token' },
  { key: 'POST /orders/{orderId}/ship', function: 'orders-command', access: 'token' },
  { key: 'POST /orders/{orderId}/deliver', function: 'orders-command', access: 'token' },
  { key: 'POST /payment-callbacks', function: 'payment-callback', access: 'public' },
  { key: 'GET /orders/{orderId}', function: 'query', access: 'token' },
  { key: 'GET /orders/{orderId}/events', function: 'query', access: 'token' },
  { key: 'GET /orders/{orderId}/story', function: 'query', access: 'token' },
  { key: 'GET /customers/{customerId}/orders', function: 'query', access: 'token' },
  { key: 'GET /products', function: 'query', access: 'public' },
  { key: 'GET /products/{sku}', function: 'query', access: 'public' },
  { key: 'GET /health', function: 'query', access: 'public' },
  { key: 'GET /openapi.json', function: 'query', access: 'public' },
  { key: 'GET /docs', function: 'query', access: 'public' },
] as const satisfies readonly Route[];

/** The routes that an operation of the API stands behind. */
export type NamedRouteKey = (typeof named)[number]['key'];

/** An HTTP API has HEAD only where a route says so: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
const heads = named
  .filter(({ key }) => key.startsWith('GET '))
  .map((route) => ({ ...route, key: route.key.replace(/^GET/, 'HEAD') }));

export const routes: readonly Route[] = [
  ...named,
  ...heads,
  /** Whatever no other route matches, so that a wrong path or method gets a problem response and not the gateway's own. */
  { key: '$default', function: 'query', access: 'public' },
];
