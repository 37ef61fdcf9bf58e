// The shop, said once: what there is, and who may do what. Infrastructure iterates over it, and the functions that need a list of the
// whole (queries, projectors) take it from here; a bundle keeps what its function uses (docs/adr/0061-one-file-is-edited.md).
import type { Api } from '../spine/http/api.ts';
import type { Projection } from '../spine/kernel/projections/projection.ts';
import { application } from '../spine/manifest/application.ts';
import { customerOrdersQuery } from './orders/customer-order-query.ts';
import { customerOrders, openByCustomer } from './orders/customer-orders.ts';
import * as orderOperations from './orders/operations.ts';
import { orderDetail } from './orders/order-detail.ts';
import { orderQueries } from './orders/order-queries.ts';
import { orderStoryQuery } from './orders/order-story.ts';
import * as orderQueryOperations from './orders/query-operations.ts';
import * as paymentOperations from './payments/operations.ts';
import { catalogue } from './products/catalogue.ts';
import * as productOperations from './products/operations.ts';
import { productQueries } from './products/product-queries.ts';

export const readModels: readonly Projection<unknown>[] = [orderDetail, customerOrders, catalogue];

export const api: Api = {
  title: 'Eventspine',
  version: '0.1.0',
  description: 'Orders and products as event streams.',
  groups: [
    {
      tag: 'Products',
      description: 'What is on offer, at which price, and how much of it is available.',
      commands: 'products-command',
      queries: ({ modelOf, caching }) => productQueries(modelOf(catalogue), caching),
      operations: productOperations,
    },
    {
      tag: 'Orders',
      description: 'From placing an order to its delivery: commands, views, and everything that happened.',
      commands: 'orders-command',
      operations: orderOperations,
    },
    {
      tag: 'Orders',
      queries: ({ store, modelOf, authenticate, caching }) => [
        ...orderQueries(modelOf(orderDetail), authenticate, caching),
        orderStoryQuery(store, authenticate),
        customerOrdersQuery(modelOf(customerOrders), authenticate, caching),
      ],
      operations: orderQueryOperations,
    },
    {
      tag: 'Payments',
      description: 'What the payment provider tells us.',
      commands: 'payment-callback',
      operations: paymentOperations,
    },
  ],
  signature: {
    name: 'paymentSignature',
    header: 'Payment-Signature',
    description: 't=<unix seconds>,v1=<hex HMAC-SHA-256 of "<t>.<body>">, at most 5 minutes old',
    challenges: ['Payment-Signature', 'Stripe-Signature'],
  },
  problemMembers: {
    total: { type: 'integer', description: 'Of total_changed: what the order costs now, in minor units' },
    currency: { type: 'string', description: 'Of total_changed: of the total, ISO 4217' },
  },
};

export const shop = /* @__PURE__ */ application({
  name: 'eventspine',
  api,
  categories: ['order', 'product', 'stock', 'payment', 'fulfilment', 'notification'],
  readModels,
  functions: {
    'orders-command': {
      kind: 'command',
      entry: 'lambdas/shop/functions/orders-command.ts',
      appends: ['order'],
      counts: { readModel: customerOrders, index: openByCustomer },
      concurrencyWeight: 3,
    },
    'products-command': {
      kind: 'command',
      entry: 'lambdas/shop/functions/products-command.ts',
      appends: ['product', 'stock'],
    },
    // A payment's outcome must get through while orders storm in.
    'payment-callback': {
      kind: 'command',
      entry: 'lambdas/shop/functions/payment-callback.ts',
      appends: ['payment'],
    },
    query: { kind: 'query', entry: 'lambdas/shop/functions/query.ts', concurrencyWeight: 5 },
    projector: { kind: 'projector', entry: 'lambdas/shop/functions/projector.ts' },
    sweeper: { kind: 'sweeper', entry: 'lambdas/shop/functions/sweeper.ts' },
    audit: { kind: 'audit', entry: 'lambdas/shop/functions/audit.ts' },
    'order-fulfilment': {
      kind: 'process',
      entry: 'lambdas/shop/functions/order-fulfilment.ts',
      hears: ['order', 'payment'],
      appends: ['fulfilment', 'order', 'stock', 'payment'],
      // 20 at a time, and a payment and its writes take 2 s on a slow day.
      streamsPerSecond: 10,
      impact: 'Orders may stay unconfirmed, with stock reserved or money taken.',
    },
    notifications: {
      kind: 'notifications',
      entry: 'lambdas/shop/functions/notifications.ts',
      hears: ['order'],
      register: 'notification',
      recipients: 'customers',
      impact:
        'Customers have not got an e-mail. Mend the cause, then redrive within a day of the orders’ events; what SES did not take for two days is redriven for 14 days.',
    },
  },
});
